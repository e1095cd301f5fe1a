package org.espalier.experiments.structured;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.pruning.structured.NetworkSize;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.run.PrunedNetwork;
import org.espalier.pruning.structured.run.StructuredPruning;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.espalier.pruning.structured.target.Floor;
import org.espalier.pruning.structured.target.Target;
import org.espalier.sparse.EspalierException;

/**
 * What happens to one network of the zoo, as a line of a table: how long the analysis takes, what
 * is left after a part of its channels has gone, whether that still trains, and how fast it is once
 * half of the operations have gone.
 */
final class ZooRow {

  static final String HEAD =
      "| network | input | parameters | MFLOPs | groups, channels | analysis, s | 30 %: parameters,"
          + " FLOPs left, trains | 50 % | 70 % | half the FLOPs: ms, from | faster |\n"
          + "|---|---|---|---|---|---|---|---|---|---|---|\n";

  private static final double[] FRACTIONS = {0.3, 0.5, 0.7};

  /** Channels that are left of a group are a multiple of this, which suits the engine's kernels. */
  private static final int MULTIPLE = 8;

  private ZooRow() {}

  /** Runs a network; one that is refused says why. */
  static String of(ZooNetwork zoo, int rounds) {
    Engine.getInstance().setRandomSeed(1);
    Block block = zoo.block().get();
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, zoo.input());
      long start = System.nanoTime();
      StructuredNetwork network = StructuredNetwork.of(block, zoo.input());
      double seconds = (System.nanoTime() - start) / 1e9;
      List<String> cells = new ArrayList<>(description(zoo, network, seconds));
      for (double fraction : FRACTIONS) {
        cells.add(pruned(zoo, block, network.size(), fraction));
      }
      cells.addAll(times(zoo, block, network, rounds));
      return "| " + String.join(" | ", cells) + " |\n";
    } catch (EspalierException e) {
      return "| " + zoo.name() + " | refused: " + e.getMessage() + " |\n";
    } finally {
      block.clear();
    }
  }

  private static List<String> description(
      ZooNetwork zoo, StructuredNetwork network, double seconds) {
    NetworkSize size = network.size();
    int channels = network.prunable().stream().mapToInt(group -> group.size()).sum();
    return List.of(
        zoo.name(),
        zoo.input().slice(1).toString(),
        format("%,d", size.parameters()),
        format("%.1f", size.flops() / 1e6),
        format("%d, %d", network.prunable().size(), channels),
        format("%.1f", seconds));
  }

  private static String pruned(ZooNetwork zoo, Block block, NetworkSize before, double fraction) {
    PrunedNetwork pruned = StructuredPruning.prune(block, zoo.input(), Target.channels(fraction));
    try {
      NetworkSize after = pruned.after();
      boolean trains = TrainingStep.works(pruned.block(), zoo.input());
      return format(
          "%.0f, %.0f %%, %s",
          100.0 * after.parameters() / before.parameters(),
          100.0 * after.flops() / before.flops(),
          trains ? "yes" : "**no**");
    } finally {
      pruned.block().clear();
    }
  }

  private static List<String> times(
      ZooNetwork zoo, Block block, StructuredNetwork network, int rounds) {
    StructuredRecipe recipe = StructuredRecipe.of(Target.flops(0.5)).with(floor(network));
    PrunedNetwork pruned = StructuredPruning.by(recipe).prune(block, zoo.input());
    try {
      double[] millis =
          PairedTimes.of(List.of(block, pruned.block()), zoo.input(), rounds).millis();
      return List.of(
          format("%.2f, %.2f", millis[1], millis[0]), format("%.2f", millis[0] / millis[1]));
    } finally {
      pruned.block().clear();
    }
  }

  /** Groups that are hardly larger than the multiple, as in LeNet, are cut one by one. */
  private static Floor floor(StructuredNetwork network) {
    boolean large = network.prunable().stream().allMatch(group -> group.size() >= 2 * MULTIPLE);
    return large ? new Floor(1, MULTIPLE) : Floor.ONE;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
