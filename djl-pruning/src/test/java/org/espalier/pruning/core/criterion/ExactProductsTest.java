package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Criteria that multiply a weight by a statistic: products that floats would tie differ. */
class ExactProductsTest {

  /** With u = 2^-23: (1 + 2u) * 1 = 1 + 2u and (1 + u)² = 1 + 2u + u² are one float. */
  private static final float ULP = Math.ulp(1f);

  private static final float[] VALUES = {1 + 2 * ULP, 1 + ULP};
  private static final float[] NUMBERS = {1, 1 + ULP};

  static List<Criterion> ofOneStatistic() {
    return List.of(
        Snip.INSTANCE,
        Taylor.ABSOLUTE,
        Taylor.ABSOLUTE_PER_BATCH,
        Taylor.SQUARED,
        Taylor.SIGNED,
        Grasp.INSTANCE,
        SynFlow.INSTANCE);
  }

  static List<TrackingCriterion> overTraining() {
    return List.of(SnipMomentum.documented(), new TaylorAverage(0.5), new Movement(false, 0.5, 0));
  }

  @ParameterizedTest
  @MethodSource("ofOneStatistic")
  void theSecondProductIsLarger(Criterion criterion) {
    assertEquals(VALUES[0] * NUMBERS[0], VALUES[1] * NUMBERS[1]);
    Statistic statistic = criterion.needs().iterator().next();
    Scores scores =
        criterion.score(WeightTensor.of("w", new int[] {2}, VALUES).with(statistic, NUMBERS));
    assertTrue(scores.at(1) > scores.at(0));
  }

  @ParameterizedTest
  @MethodSource("overTraining")
  void soItIsInWhatIsTracked(TrackingCriterion criterion) {
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {2}, VALUES).with(Statistic.GRADIENT, NUMBERS);
    double[] track = criterion.track(new double[2], tensor, 0.1);
    assertTrue(Math.abs(track[1]) > Math.abs(track[0]));
  }
}
