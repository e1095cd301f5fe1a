package org.espalier.pruning.structured.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.recurrent.LSTM;
import java.util.List;
import org.espalier.pruning.core.reconstruction.ConjugateGradients;
import org.espalier.pruning.core.reconstruction.LeastSquares;
import org.espalier.pruning.core.reconstruction.MeanFold;
import org.espalier.pruning.core.reconstruction.Refit;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Layers that read what goes are fitted to what they computed. */
class RefittingTest {

  private static final Shape IMAGE = new Shape(1, 3, 8, 7);

  /** The last layer is a convolution with stride, padding, dilation and two groups. */
  private static Bench awkward() {
    Block last =
        Conv2d.builder()
            .setFilters(4)
            .setKernelShape(new Shape(3, 2))
            .optStride(new Shape(2, 1))
            .optPadding(new Shape(1, 2))
            .optDilation(new Shape(1, 2))
            .optGroups(2)
            .build();
    return new Bench(IMAGE, Bench.conv(6, 1, true), Activation.tanhBlock(), last);
  }

  private static Bench dense() {
    return new Bench(new Shape(1, 7), Bench.linear(6), Activation.tanhBlock(), Bench.linear(3));
  }

  private static Bench flattened() {
    return new Bench(
        new Shape(1, 2, 4, 3),
        Bench.conv(4, 1, true),
        Activation.reluBlock(),
        Blocks.batchFlattenBlock(),
        Bench.linear(2));
  }

  private static Selection first(StructuredNetwork network) {
    return Selection.empty().with(network.prunable().get(0), 1);
  }

  /** Any other value of any weight or bias of the last layer is worse on the samples. */
  private static void requireOptimal(Bench bench, String prefix) {
    StructuredNetwork network = bench.network();
    Samples samples = bench.samples(1, 60);
    for (Refit refit : List.of(LeastSquares.INSTANCE, new ConjugateGradients(2000, 1e-12))) {
      Block small = new Refitting(first(network), samples, refit).apply(network).network().block();
      double least = bench.squares(bench.block(), small, samples);
      Block plain = network.without(first(network));
      assertTrue(least < 0.9 * bench.squares(bench.block(), plain, samples));
      try (NDManager manager = NDManager.newBaseManager()) {
        for (String parameter : new String[] {prefix + "weight", prefix + "bias"}) {
          NDArray array = small.getParameters().get(parameter).getArray();
          float[] values = HostValues.read(parameter, array);
          for (int i = 0; i < values.length; i += 1 + values.length / 12) {
            for (float step : new float[] {-0.02f, 0.02f}) {
              float before = values[i];
              values[i] += step;
              HostValues.write(array, values, manager);
              assertTrue(bench.squares(bench.block(), small, samples) > least, parameter + i);
              values[i] = before;
            }
          }
          HostValues.write(array, values, manager);
        }
      }
      plain.clear();
      small.clear();
    }
  }

  @Test
  void leastSquaresAreLeast() {
    try (Bench bench = dense()) {
      requireOptimal(bench, "03Linear_");
    }
    try (Bench bench = flattened()) {
      requireOptimal(bench, "04Linear_");
    }
    try (Bench bench = awkward()) {
      requireOptimal(bench, "03Conv2d_");
    }
  }

  /** Some positions of many examples say as much as all of a few. */
  @Test
  void sampledPositionsFitTooWithinTwiceTheError() {
    try (Bench bench = awkward()) {
      StructuredNetwork network = bench.network();
      Samples all = bench.samples(1, 60);
      Samples some = new Samples(all.batches(), 8, 3);
      Block best =
          new Refitting(first(network), all, LeastSquares.INSTANCE)
              .apply(network)
              .network()
              .block();
      Block near =
          new Refitting(first(network), some, LeastSquares.INSTANCE)
              .apply(network)
              .network()
              .block();
      double least = bench.squares(bench.block(), best, all);
      double found = bench.squares(bench.block(), near, all);
      assertTrue(found > least && found < 2 * least, found + " and " + least);
      best.clear();
      near.clear();
    }
  }

  /** Producers that a mask made 0 still give act(bias); the small network does what they did. */
  @Test
  void maskedProducersAreFolded() {
    try (Bench bench =
            new Bench(
                new Shape(1, 7), Bench.linear(6), Activation.sigmoidBlock(), Bench.linear(3));
        Bench image =
            new Bench(
                IMAGE,
                Bench.conv(6, 1, false),
                Activation.sigmoidBlock(),
                Bench.conv(4, 0, false),
                Activation.sigmoidBlock(),
                Blocks.batchFlattenBlock(),
                Bench.linear(2))) {
      for (int channel : new int[] {1, 4}) {
        bench.combine("01Linear_weight", channel);
        image.combine("01Conv2d_weight", channel);
      }
      for (Bench each : List.of(bench, image)) {
        StructuredNetwork network = each.network();
        Selection selection = Selection.empty().with(network.prunable().get(0), 1, 4);
        Samples samples = each.samples(1, 5);
        each.requireUnchanged(new Refitting(selection, samples, MeanFold.INSTANCE), 2);
      }
    }
  }

  /** Both halves of what the last layer reads lose a channel that the rest makes up for. */
  @Test
  void severalGroupsOfOneConsumer() {
    try (Bench bench =
        new Bench(
            IMAGE,
            new ParallelBlock(
                list ->
                    new NDList(
                        NDArrays.concat(
                            new NDList(
                                list.get(0).singletonOrThrow(), list.get(1).singletonOrThrow()),
                            1)),
                List.of(Bench.conv(4, 1, true), Bench.conv(3, 1, true))),
            Activation.tanhBlock(),
            Bench.conv(2, 0, true))) {
      bench.combine("01ParallelBlock_01Conv2d_weight", 3, 1);
      bench.combine("01ParallelBlock_01Conv2d_bias", 3, 1);
      bench.combine("01ParallelBlock_02Conv2d_weight", 2, 0, -1);
      bench.combine("01ParallelBlock_02Conv2d_bias", 2, 0, -1);
      StructuredNetwork network = bench.network();
      Selection both =
          Selection.empty().with(network.prunable().get(0), 0).with(network.prunable().get(1), 2);
      assertEquals(2, network.prunable().size());
      bench.requireUnchanged(new Refitting(both, bench.samples(1, 40), LeastSquares.INSTANCE), 2);
    }
  }

  @Test
  void recurrentReadersAreRefused() {
    try (Bench bench =
        new Bench(
            new Shape(1, 4, 7),
            Bench.linear(5),
            LSTM.builder().setStateSize(3).setNumLayers(1).build(),
            Bench.linear(2))) {
      StructuredNetwork network = bench.network();
      Refitting refitting =
          new Refitting(first(network), bench.samples(1, 4), LeastSquares.INSTANCE);
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> refitting.apply(network));
      assertTrue(e.getMessage().contains("i2h_WEIGHT"), e.getMessage());
    }
  }

  @Test
  void samplesAreNeeded() {
    assertThrows(InvalidInputException.class, () -> new Samples(List.of(), 0, 0));
  }

  @Test
  void activationsThatAreNoNumbersAreRefused() {
    try (Bench bench = dense()) {
      StructuredNetwork network = bench.network();
      Samples samples = bench.samples(1, 1);
      samples.batches().get(0).head().set(new float[] {0, 0, Float.NaN, 0, 0, 0, 0});
      Refitting refitting = new Refitting(first(network), samples, LeastSquares.INSTANCE);
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> refitting.apply(network));
      assertTrue(e.getMessage().contains("03Linear_weight"), e.getMessage());
    }
  }
}
