package org.espalier.pruning.structured.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import java.util.List;
import org.espalier.pruning.core.reconstruction.ConstantUnits;
import org.espalier.pruning.core.reconstruction.CorrelatedUnits;
import org.espalier.pruning.core.reconstruction.DependentUnits;
import org.espalier.pruning.core.reconstruction.EqualUnits;
import org.espalier.pruning.core.reconstruction.Redundancy;
import org.junit.jupiter.api.Test;

/** A unit that is constant, a duplicate or a combination of others goes, and nothing changes. */
class MergingTest {

  private static final Shape FEATURES = new Shape(1, 7);
  private static final Shape IMAGE = new Shape(1, 3, 8, 7);

  private static Merging merging(Bench bench, Redundancy redundancy) {
    return new Merging(bench.samples(1, 40), redundancy);
  }

  private static Bench dense(Block activation) {
    return new Bench(
        FEATURES, Bench.linear(6), activation, Bench.linear(5), activation, Bench.linear(3));
  }

  private static Bench images(Block activation, int padding, boolean bias) {
    return new Bench(
        IMAGE,
        Bench.conv(6, 1, true),
        activation,
        Bench.conv(5, padding, bias),
        activation,
        Blocks.batchFlattenBlock(),
        Bench.linear(3));
  }

  @Test
  void constantUnitsOfLinearLayers() {
    try (Bench bench = dense(Activation.sigmoidBlock())) {
      bench.combine("01Linear_weight", 2);
      bench.combine("03Linear_weight", 0);
      bench.combine("03Linear_weight", 4);
      bench.requireUnchanged(merging(bench, new ConstantUnits(0)), 3);
    }
  }

  /** The second convolution has no bias until it needs one. */
  @Test
  void constantChannelsOfConvolutions() {
    for (boolean bias : new boolean[] {false, true}) {
      try (Bench bench = images(Activation.sigmoidBlock(), 0, bias)) {
        bench.combine("01Conv2d_weight", 2);
        bench.combine("03Conv2d_weight", 1);
        Reconstructed result = bench.requireUnchanged(merging(bench, new ConstantUnits(0)), 2);
        long first = 5 * (3 * 9) + 5;
        long second = 4 * (5 * 9) + 4;
        long last = 3 * (4 * 6 * 5) + 3;
        assertEquals(first + second + last, result.network().size().parameters());
      }
    }
  }

  @Test
  void constantsBehindPaddingStayUnlessTheyAreZero() {
    try (Bench bench = images(Activation.reluBlock(), 1, true)) {
      bench.combine("01Conv2d_weight", 2);
      bench.combine("01Conv2d_weight", 4);
      bench.edit(
          "01Conv2d_bias",
          bias -> {
            bias[2] = 0.5f;
            bias[4] = -0.5f;
          });
      Reconstructed result = bench.requireUnchanged(merging(bench, new ConstantUnits(0)), 1);
      assertEquals(4, result.removed().slices().get(0).index());
    }
  }

  @Test
  void duplicates() {
    for (Redundancy redundancy :
        List.of(new EqualUnits(1e-10), new CorrelatedUnits(0.99999), new DependentUnits(1e-5))) {
      try (Bench bench = dense(Activation.tanhBlock())) {
        plantDuplicates(bench, "01Linear_");
        bench.requireUnchanged(merging(bench, redundancy), 2);
      }
      try (Bench bench = images(Activation.tanhBlock(), 1, false)) {
        plantDuplicates(bench, "01Conv2d_");
        bench.combine("03Conv2d_weight", 4, 1);
        bench.requireUnchanged(merging(bench, redundancy), 3);
      }
    }
  }

  private static void plantDuplicates(Bench bench, String prefix) {
    for (String parameter : new String[] {"weight", "bias"}) {
      bench.combine(prefix + parameter, 3, 0, 1);
      bench.combine(prefix + parameter, 5, 0, 1);
    }
  }

  /** sigmoid(-x) = 1 - sigmoid(x). */
  @Test
  void opposites() {
    try (Bench bench = dense(Activation.sigmoidBlock())) {
      bench.combine("01Linear_weight", 4, 0, -1);
      bench.combine("01Linear_bias", 4, 0, -1);
      bench.requireUnchanged(merging(bench, new EqualUnits(1e-10)), 1);
    }
    try (Bench bench = images(Activation.sigmoidBlock(), 0, false)) {
      bench.combine("01Conv2d_weight", 4, 0, -1);
      bench.combine("01Conv2d_bias", 4, 0, -1);
      bench.requireUnchanged(merging(bench, new EqualUnits(1e-10)), 1);
    }
  }

  /** Without an activation, a combination of rows is one of outputs, with another constant. */
  @Test
  void combinations() {
    try (Bench bench = new Bench(FEATURES, Bench.linear(5), Bench.linear(3))) {
      bench.combine("01Linear_weight", 3, 0.5, -1, 2);
      bench.requireUnchanged(merging(bench, new DependentUnits(1e-5)), 1);
    }
    try (Bench bench = new Bench(IMAGE, Bench.conv(5, 1, true), Bench.conv(2, 0, false))) {
      bench.combine("01Conv2d_weight", 3, 0.5, -1, 2);
      bench.requireUnchanged(merging(bench, new DependentUnits(1e-5)), 1);
    }
  }

  @Test
  void affineTwins() {
    try (Bench bench = new Bench(FEATURES, Bench.linear(5), Bench.linear(3))) {
      bench.combine("01Linear_weight", 3, 0, -2);
      bench.requireUnchanged(merging(bench, new CorrelatedUnits(0.99999)), 1);
    }
    try (Bench bench = new Bench(IMAGE, Bench.conv(5, 1, true), Bench.conv(2, 0, true))) {
      bench.combine("01Conv2d_weight", 3, 0, -2);
      bench.requireUnchanged(merging(bench, new CorrelatedUnits(0.99999)), 1);
    }
  }

  /** Channels that are added are duplicates where both of what makes them are. */
  @Test
  void throughNormsPoolsAndAdditions() {
    Block body =
        new SequentialBlock()
            .add(Bench.conv(4, 1, false))
            .add(Activation.reluBlock())
            .add(Bench.conv(6, 1, false))
            .add(BatchNorm.builder().build());
    try (Bench bench =
        new Bench(
            IMAGE,
            Bench.conv(6, 1, true),
            new ParallelBlock(
                list ->
                    new NDList(list.get(0).singletonOrThrow().add(list.get(1).singletonOrThrow())),
                List.of(body, Blocks.identityBlock())),
            Activation.reluBlock(),
            Pool.avgPool2dBlock(new Shape(2, 2), new Shape(1, 1), new Shape(1, 1)),
            Bench.conv(3, 1, true),
            Blocks.batchFlattenBlock(),
            Bench.linear(2))) {
      String path = "02ParallelBlock_01SequentialBlock_";
      bench.combine("01Conv2d_weight", 5, 0, 0, 1);
      bench.combine("01Conv2d_bias", 5, 0, 0, 1);
      bench.combine(path + "03Conv2d_weight", 5, 0, 0, 1);
      for (String entry : new String[] {"gamma", "beta", "runningMean", "runningVar"}) {
        bench.combine(path + "04BatchNorm_" + entry, 5, 0, 0, 1);
      }
      bench.requireUnchanged(merging(bench, new EqualUnits(1e-10)), 1);
    }
  }

  /** Two layers read the same channels, one of them beside others. */
  @Test
  void severalConsumers() {
    try (Bench bench =
        new Bench(
            IMAGE,
            Bench.conv(4, 0, true),
            Activation.sigmoidBlock(),
            new ParallelBlock(
                list ->
                    new NDList(
                        NDArrays.concat(
                            new NDList(
                                list.get(0).singletonOrThrow(), list.get(1).singletonOrThrow()),
                            1)),
                List.of(Bench.conv(3, 1, false), Blocks.identityBlock())),
            Bench.conv(2, 0, false))) {
      bench.combine("01Conv2d_weight", 3, 0, 1);
      bench.combine("01Conv2d_bias", 3, 0, 1);
      bench.requireUnchanged(merging(bench, new DependentUnits(1e-5)), 1);
    }
  }

  @Test
  void groupedConvolutions() {
    Block grouped =
        Conv2d.builder()
            .setFilters(4)
            .setKernelShape(new Shape(3, 3))
            .optGroups(2)
            .optBias(false)
            .build();
    try (Bench bench =
        new Bench(
            IMAGE,
            Bench.conv(6, 1, true),
            Activation.sigmoidBlock(),
            grouped,
            Bench.conv(2, 0, true))) {
      for (String parameter : new String[] {"01Conv2d_weight", "01Conv2d_bias"}) {
        bench.combine(parameter, 2, 0, 1);
        bench.combine(parameter, 5, 0, 0, 0, 0, 1);
      }
      bench.requireUnchanged(merging(bench, new EqualUnits(1e-10)), 1);
    }
  }

  /** What a recurrent block reads is left alone. */
  @Test
  void otherReadersAreLeftAlone() {
    try (Bench bench =
        new Bench(
            new Shape(1, 4, 7),
            Bench.linear(6),
            LSTM.builder().setStateSize(3).setNumLayers(1).build(),
            Bench.linear(2))) {
      plantDuplicates(bench, "01Linear_");
      bench.requireUnchanged(merging(bench, new EqualUnits(1e-10)), 0);
    }
  }
}
