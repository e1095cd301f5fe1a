package org.espalier.experiments.structured;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Hints;
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
          + " FLOPs left, trains | 50 % | 70 % | half the FLOPs, batch 1: ms,"
          + " from | faster | batch 8: ms, from | faster |\n"
          + "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";

  private static final double[] FRACTIONS = {0.3, 0.5, 0.7};

  /** Channels that are left of a group are a multiple of one of these: vectors of 512, 256 bits. */
  private static final int[] MULTIPLES = {16, 8};

  static final int[] BATCHES = {1, 8};

  private ZooRow() {}

  /** Runs a network; one that is refused says why. */
  static ZooResult of(ZooNetwork zoo, int rounds) {
    Engine.getInstance().setRandomSeed(1);
    Block block = zoo.block().get();
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, zoo.shapes());
      long start = System.nanoTime();
      StructuredNetwork network = StructuredNetwork.of(block, zoo.inputs(), Hints.none());
      double seconds = (System.nanoTime() - start) / 1e9;
      List<String> cells = new ArrayList<>(description(zoo, network, seconds));
      for (double fraction : FRACTIONS) {
        cells.add(pruned(zoo, block, network.size(), fraction));
      }
      List<Double> faster = new ArrayList<>();
      for (double[] millis : times(zoo, block, network, rounds)) {
        faster.add(millis[0] / millis[1]);
        cells.add(format("%.1f, %.1f", millis[1], millis[0]));
        cells.add(format("%.2f", millis[0] / millis[1]));
      }
      return new ZooResult(zoo.name(), "| " + String.join(" | ", cells) + " |\n", faster);
    } catch (EspalierException e) {
      String line = "| " + zoo.name() + " | refused: " + e.getMessage() + " |\n";
      return new ZooResult(zoo.name(), line, List.of());
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
        zoo.shapes()[0].slice(1).toString(),
        format("%,d", size.parameters()),
        format("%.1f", size.flops() / 1e6),
        format("%d, %d", network.prunable().size(), channels),
        format("%.1f", seconds));
  }

  private static String pruned(ZooNetwork zoo, Block block, NetworkSize before, double fraction) {
    PrunedNetwork pruned = by(Target.channels(fraction), Floor.ONE).prune(block, zoo.inputs());
    try {
      NetworkSize after = pruned.after();
      boolean trains = TrainingStep.works(pruned.block(), zoo.inputs());
      return format(
          "%.0f, %.0f %%, %s",
          100.0 * after.parameters() / before.parameters(),
          100.0 * after.flops() / before.flops(),
          trains ? "yes" : "**no**");
    } finally {
      pruned.block().clear();
    }
  }

  /** Returns milliseconds of the whole network and of what is left, for each batch. */
  private static List<double[]> times(
      ZooNetwork zoo, Block block, StructuredNetwork network, int rounds) {
    PrunedNetwork pruned = by(Target.flops(0.5), floor(network)).prune(block, zoo.inputs());
    try {
      List<Block> both = List.of(block, pruned.block());
      return Arrays.stream(BATCHES)
          .mapToObj(batch -> Example.withBatch(zoo.inputs(), batch))
          .map(inputs -> PairedTimes.of(both, inputs, rounds).millis())
          .toList();
    } finally {
      pruned.block().clear();
    }
  }

  /** Groups that are hardly larger than a multiple, as in LeNet, are cut in smaller ones. */
  private static Floor floor(StructuredNetwork network) {
    int smallest = network.prunable().stream().mapToInt(ChannelGroup::size).min().orElse(1);
    return Arrays.stream(MULTIPLES)
        .filter(multiple -> smallest >= 2 * multiple)
        .mapToObj(multiple -> new Floor(1, multiple))
        .findFirst()
        .orElse(Floor.ONE);
  }

  private static StructuredPruning by(Target target, Floor floor) {
    return StructuredPruning.by(StructuredRecipe.of(target).with(floor));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
