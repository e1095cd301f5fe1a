package org.espalier.pruning.core.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Magnitude under an aggregate is a group norm (Li et al. 2017): decided through the pruner. */
class GroupNormTest {

  /**
   * Channels (3, -3, 3), (-5, 1, 0), (4, 4, 0): L1 9 6 8, L2² 27 26 32, largest 3 5 4. One of the
   * three lives.
   */
  @ParameterizedTest
  @CsvSource({"SUM, 0", "MEAN, 0", "SQUARED_SUM, 0", "L2, 2", "RMS, 2", "MAX, 1"})
  void theLargestNormLives(Aggregate norm, int survivor) {
    TensorInfo info = new TensorInfo("w", new int[] {3, 3}, true);
    float[] values = {3, -3, 3, -5, 1, 0, 4, 4, 0};
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.6, Timing.Unit.STEP, 0))
                .optPattern(SparsityPattern.parse("channel"))
                .optAggregate(norm)
                .build());
    PruningState state =
        Pruner.next(
            Binding.of(recipe, List.of(info)),
            PruningState.EMPTY,
            (tensor, masks) -> WeightTensor.of("w", tensor.shape(), values));
    byte[] expected = new byte[9];
    for (int i = 0; i < 3; i++) {
      expected[3 * survivor + i] = 1;
    }
    assertArrayEquals(expected, state.masks().get("w").toBytes());
  }
}
