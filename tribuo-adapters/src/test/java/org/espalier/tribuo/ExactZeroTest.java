package org.espalier.tribuo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.sparse.mask.Counts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaDelta;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.AdaGradRDA;
import org.tribuo.math.optimisers.Adam;
import org.tribuo.math.optimisers.ParameterAveraging;
import org.tribuo.math.optimisers.Pegasos;
import org.tribuo.math.optimisers.RMSProp;
import org.tribuo.math.optimisers.SGD;

/** Reads all weights after every optimizer step of real trainings and compares zeros with ==. */
class ExactZeroTest {

  private static final int EXAMPLES = 120;
  private static final int WIDTH = GeneratedData.FEATURES + 1;
  private static final int WEIGHTS = GeneratedData.CLASSES * GeneratedData.FEATURES;

  @BeforeAll
  static void silence() {
    GeneratedData.silenceTribuo();
  }

  static Stream<Arguments> optimisers() {
    List<Supplier<StochasticGradientOptimiser>> all =
        List.of(
            () -> SGD.getSimpleSGD(0.05),
            () -> SGD.getSimpleSGD(0.05, 0.9, SGD.Momentum.STANDARD),
            () -> SGD.getLinearDecaySGD(0.05, 0.9, SGD.Momentum.NESTEROV),
            () -> new AdaGrad(0.5),
            () -> new Adam(0.01, 1e-6),
            () -> new AdaDelta(),
            () -> new RMSProp(0.01, 0.9),
            () -> new AdaGradRDA(0.5, 1e-6),
            () -> new Pegasos(0.5, 0.5),
            () -> new ParameterAveraging(new AdaGrad(0.5)));
    return all.stream()
        .flatMap(
            optimiser ->
                Stream.of(1, 8)
                    .flatMap(
                        minibatch ->
                            Stream.of(1.0, 0.3)
                                .map(
                                    share ->
                                        Arguments.of(
                                            optimiser.get().toString(),
                                            optimiser.get(),
                                            minibatch,
                                            share))));
  }

  @ParameterizedTest(name = "{0}, minibatch {2}, share of features {3}")
  @MethodSource("optimisers")
  void everyPrunedWeightIsZeroAfterEveryStep(
      String name, StochasticGradientOptimiser inner, int minibatch, double share) {
    int epoch = EXAMPLES / minibatch;
    SpyOptimiser spy = new SpyOptimiser(new PruningOptimiser(inner, 0.85, epoch));
    var model =
        new LinearSGDTrainer(new LogMulticlass(), spy, 3, -1, minibatch, 7)
            .train(GeneratedData.labels(EXAMPLES, 1, share));

    int kept = (int) Counts.kept(0.85, WEIGHTS);
    boolean[] expected = pruned(withoutBias(spy.seen().get(epoch)[0]), kept);
    assertEquals(3 * epoch + 2, spy.seen().size());
    for (int step = epoch + 1; step < spy.seen().size(); step++) {
      double[] all = spy.seen().get(step)[0];
      double[] weights = withoutBias(all);
      for (int i = 0; i < WEIGHTS; i++) {
        assertEquals(expected[i], weights[i] == 0, "weight " + i + " after step " + step);
      }
      for (int row = 0; row < GeneratedData.CLASSES; row++) {
        assertNotEquals(0.0, all[row * WIDTH + GeneratedData.FEATURES], "bias of " + row);
      }
    }
    double[] last = spy.seen().get(spy.seen().size() - 1)[0];
    assertArrayEquals(last, flat(model.getWeightsCopy()));
    for (int i = 0; i < WEIGHTS; i++) {
      // Pruned is +0: the bits are clear, not only the comparison.
      assertEquals(expected[i], Double.doubleToRawLongBits(withoutBias(last)[i]) == 0);
    }
  }

  @Test
  void countsFollowTheScheduleAndZerosNeverComeBack() {
    SpyOptimiser spy = new SpyOptimiser(new PruningOptimiser(new AdaGrad(0.5), 0.9, 10, 50, 20));
    new LinearSGDTrainer(new LogMulticlass(), spy, 1, -1, 1, 7)
        .train(GeneratedData.labels(EXAMPLES, 1));

    // Zhu, Gupta 2017, equation 1, from 0 to 0.9 over steps 10, 30, 50:
    // 0.9 (1 - 0.5^3) = 0.7875 in the middle; 120 weights keep 120, floor(25.5 + 0.5) = 26, 12.
    for (int steps = 1; steps < spy.seen().size(); steps++) {
      int zeros = steps <= 30 ? 0 : steps <= 50 ? 94 : 108;
      double[] weights = withoutBias(spy.seen().get(steps)[0]);
      assertEquals(zeros, IntStream.range(0, WEIGHTS).filter(i -> weights[i] == 0).count());
      double[] before = withoutBias(spy.seen().get(steps - 1)[0]);
      if (steps > 1) {
        assertTrue(
            IntStream.range(0, WEIGHTS).allMatch(i -> before[i] != 0 || weights[i] == 0),
            "a zero came back after step " + steps);
      }
    }
  }

  @Test
  void averagingInsideKeepsTheAveragesOfLivingWeights() {
    // The mean over steps t of a living weight, from the weights seen after each step.
    SpyOptimiser spy =
        new SpyOptimiser(new PruningOptimiser(new ParameterAveraging(new AdaGrad(0.5)), 0.5, 60));
    new LinearSGDTrainer(new LogMulticlass(), spy, 1, -1, 1, 7)
        .train(GeneratedData.labels(EXAMPLES, 1));

    int end = spy.seen().size() - 1;
    double[] model = spy.seen().get(end)[0];
    int living = 0;
    for (int i = 0; i < model.length; i++) {
      if (model[i] != 0) {
        int index = i;
        // Tribuo's t-th update (t from 1) is taken back by t / T: the mean of the weights before
        // each of the T steps.
        double mean =
            spy.seen().subList(0, end - 1).stream()
                .mapToDouble(w -> w[0][index])
                .average()
                .orElseThrow();
        assertEquals(mean, model[i], 1e-9);
        living++;
      }
    }
    assertEquals(60 + GeneratedData.CLASSES, living);
  }

  /** Marks all but the largest magnitudes, by sorting: independent of the code under test. */
  private static boolean[] pruned(double[] weights, int kept) {
    boolean[] pruned = new boolean[weights.length];
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> Math.abs((float) weights[i]))
                .reversed()
                .thenComparing(i -> i))
        .skip(kept)
        .forEach(i -> pruned[i] = true);
    return pruned;
  }

  private static double[] withoutBias(double[] all) {
    return IntStream.range(0, all.length)
        .filter(i -> i % WIDTH != GeneratedData.FEATURES)
        .mapToDouble(i -> all[i])
        .toArray();
  }

  private static double[] flat(DenseMatrix matrix) {
    double[] all = new double[matrix.getDimension1Size() * matrix.getDimension2Size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = matrix.get(i / matrix.getDimension2Size(), i % matrix.getDimension2Size());
    }
    return all;
  }
}
