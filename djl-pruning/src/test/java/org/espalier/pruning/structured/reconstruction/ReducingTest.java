package org.espalier.pruning.structured.reconstruction;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import java.util.List;
import org.espalier.pruning.core.reconstruction.ChannelScales;
import org.espalier.pruning.core.reconstruction.ConjugateGradients;
import org.espalier.pruning.core.reconstruction.GreedyLoss;
import org.espalier.pruning.core.reconstruction.LassoChoice;
import org.espalier.pruning.core.reconstruction.LeastSquares;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Channels chosen by what their consumers lose, on networks whose consumer is the output. */
class ReducingTest {

  private static Bench dense() {
    return new Bench(new Shape(1, 7), Bench.linear(7), Activation.tanhBlock(), Bench.linear(3));
  }

  private static Bench images() {
    return new Bench(
        new Shape(1, 3, 6, 5),
        Bench.conv(6, 1, true),
        Activation.tanhBlock(),
        Bench.conv(3, 1, true));
  }

  /** ThiNet's first channel is the one whose plain removal changes the output least. */
  @Test
  void greedyIsBruteForceForOneChannel() {
    for (Bench bench : List.of(dense(), images())) {
      try (bench) {
        StructuredNetwork network = bench.network();
        ChannelGroup group = network.prunable().get(0);
        Samples samples = bench.samples(2, 20);
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int channel = 0; channel < group.size(); channel++) {
          Block without = network.without(Selection.empty().with(group, channel));
          double loss = bench.squares(bench.block(), without, samples);
          without.clear();
          if (loss < least) {
            least = loss;
            best = channel;
          }
        }
        Reconstructed found =
            new Reducing(group, 1, 1, samples, GreedyLoss.INSTANCE, ChannelScales.INSTANCE)
                .apply(network);
        assertTrue(found.removed().contains(group, best));
        double scaled = bench.squares(bench.block(), found.network().block(), samples);
        assertTrue(scaled < least, scaled + " and " + least);
        found.network().block().clear();
      }
    }
  }

  /** Two channels are always 0. */
  @Test
  void lassoFindsWhatBringsNothing() {
    for (boolean alternating : new boolean[] {false, true}) {
      for (Bench bench : List.of(dense(), images())) {
        try (bench) {
          String name = bench.network().prunable().get(0).name();
          for (String path : new String[] {name, name.replace("weight", "bias")}) {
            bench.combine(path, 3);
            bench.combine(path, 4);
          }
          ChannelGroup group = bench.network().prunable().get(0);
          Reducing lasso =
              new Reducing(
                  group,
                  2,
                  2,
                  bench.samples(2, 60),
                  new LassoChoice(alternating),
                  LeastSquares.INSTANCE);
          Reconstructed result = bench.requireUnchanged(lasso, 2);
          assertTrue(result.removed().contains(group, 3));
          assertTrue(result.removed().contains(group, 4));
          result.network().block().clear();
        }
      }
    }
  }

  /** All channels repeat one of two: the iterative method leaves no difference. */
  @Test
  void iterativePruningOfRepeatedUnits() {
    for (Bench bench : List.of(dense(), images())) {
      try (bench) {
        String name = bench.network().prunable().get(0).name();
        int size = bench.network().prunable().get(0).size();
        for (String path : new String[] {name, name.replace("weight", "bias")}) {
          for (int channel = 2; channel < size; channel++) {
            bench.combine(path, channel, channel % 2 == 0 ? 1 : 0, channel % 2 == 0 ? 0 : -1);
          }
        }
        ChannelGroup group = bench.network().prunable().get(0);
        Reducing oneByOne =
            new Reducing(
                group,
                2,
                1,
                bench.samples(2, 60),
                GreedyLoss.INSTANCE,
                new ConjugateGradients(500, 1e-12));
        bench.requireUnchanged(oneByOne, 2);
      }
    }
  }

  /** The error grows with what goes, and least squares are best for the same ones. */
  @Test
  void errorsAreOrdered() {
    try (Bench bench = images()) {
      StructuredNetwork network = bench.network();
      ChannelGroup group = network.prunable().get(0);
      Samples samples = bench.samples(2, 20);
      double before = 0;
      for (int count = 1; count < 5; count++) {
        double scaled =
            error(
                bench,
                network,
                new Reducing(
                    group, count, count, samples, GreedyLoss.INSTANCE, ChannelScales.INSTANCE));
        double fitted =
            error(
                bench,
                network,
                new Reducing(
                    group, count, count, samples, GreedyLoss.INSTANCE, LeastSquares.INSTANCE));
        assertTrue(fitted < scaled, "with " + count + " gone");
        assertTrue(fitted > before, "with " + count + " gone");
        before = fitted;
      }
    }
  }

  private static double error(Bench bench, StructuredNetwork network, Reducing way) {
    Block small = way.apply(network).network().block();
    try {
      return bench.squares(bench.block(), small, way.samples());
    } finally {
      small.clear();
    }
  }

  @Test
  void aChannelStays() {
    try (Bench bench = dense()) {
      ChannelGroup group = bench.network().prunable().get(0);
      Samples samples = bench.samples(2, 2);
      assertThrows(
          InvalidInputException.class,
          () -> new Reducing(group, 7, 1, samples, GreedyLoss.INSTANCE, LeastSquares.INSTANCE));
    }
  }
}
