package org.espalier.experiments.structured;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.pruning.structured.ranking.Global;
import org.espalier.pruning.structured.ranking.Local;
import org.espalier.pruning.structured.ranking.Normalization;
import org.espalier.pruning.structured.run.PrunedNetwork;
import org.espalier.pruning.structured.run.StructuredPruning;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.espalier.pruning.structured.target.Floor;
import org.espalier.pruning.structured.target.Target;

/**
 * One network with half of its operations gone in several ways: what that is worth in time depends
 * on where they went, and on counts of channels that fill the vectors of the processor.
 */
final class HalfOperations {

  static final String HEAD =
      "| network | way | parameters left | batch 1: ms | faster | batch 4: ms | faster | batch 16:"
          + " ms | faster |\n|---|---|---|---|---|---|---|---|---|\n";

  private static final int[] BATCHES = {1, 4, 16};

  private HalfOperations() {}

  private static Map<String, StructuredRecipe> ways() {
    StructuredRecipe half = StructuredRecipe.of(Target.flops(0.5));
    Map<String, StructuredRecipe> ways = new LinkedHashMap<>();
    ways.put("global, any count", half);
    ways.put("global, multiples of 8", half.with(new Floor(1, 8)));
    ways.put("global, multiples of 16", half.with(new Floor(1, 16)));
    ways.put("local, multiples of 16", half.with(Local.INSTANCE).with(new Floor(1, 16)));
    for (double price : new double[] {0.01, 0.05}) {
      ways.put(
          "global, operations cost " + price + ", multiples of 16",
          half.with(new Global(Normalization.MEAN, price)).with(new Floor(1, 16)));
    }
    return ways;
  }

  /**
   * Returns lines of the table; all networks take turns.
   *
   * @param rounds of batches of 1; larger ones take fewer, at least a quarter
   */
  static ZooResult of(ZooNetwork zoo, int rounds) {
    Engine.getInstance().setRandomSeed(1);
    List<Block> blocks = new ArrayList<>(List.of(zoo.block().get()));
    List<String> lines = new ArrayList<>(List.of("whole | 100 %"));
    try (NDManager manager = NDManager.newBaseManager()) {
      blocks.get(0).initialize(manager, DataType.FLOAT32, zoo.shapes());
      ways()
          .forEach(
              (name, recipe) -> {
                PrunedNetwork pruned =
                    StructuredPruning.by(recipe).prune(blocks.get(0), zoo.inputs());
                blocks.add(pruned.block());
                double left = 100.0 * pruned.after().parameters() / pruned.before().parameters();
                lines.add(String.format(Locale.ROOT, "%s | %.0f %%", name, left));
              });
      for (int batch : BATCHES) {
        List<DataDesc> inputs = Example.withBatch(zoo.inputs(), batch);
        int turns = Math.max(rounds / batch, (rounds + 3) / 4);
        double[] millis = PairedTimes.of(blocks, inputs, turns).millis();
        for (int i = 0; i < millis.length; i++) {
          String cells =
              String.format(Locale.ROOT, " | %.1f | %.2f", millis[i], millis[0] / millis[i]);
          lines.set(i, lines.get(i) + cells);
        }
      }
    } finally {
      blocks.forEach(Block::clear);
    }
    StringBuilder table = new StringBuilder();
    lines.forEach(line -> table.append("| " + zoo.name() + " | " + line + " |\n"));
    return new ZooResult(zoo.name(), table.toString(), List.of());
  }
}
