package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static final UnitScores SMALL =
      new UnitScores("a", new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f}, 1);
  private static final UnitScores LARGE =
      new UnitScores("b", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 1);

  @Test
  void uniformRoundsEveryTensorForItself() {
    // 0.9: of 5, 0.5 rounds up to 1; of 10, 1
    assertArrayEquals(new int[] {1, 1}, Uniform.INSTANCE.keptCounts(0.9, List.of(SMALL, LARGE)));
    // 0.5: of 5, 2.5 rounds up to 3; of 10, 5
    assertArrayEquals(new int[] {3, 5}, Uniform.INSTANCE.keptCounts(0.5, List.of(SMALL, LARGE)));
  }

  @Test
  void globalRanksAllUnitsTogether() {
    // 0.2 of 15 keeps 12: all ten of b, then the best two of a
    assertArrayEquals(new int[] {2, 10}, Global.INSTANCE.keptCounts(0.2, List.of(SMALL, LARGE)));
    // 0.9 of 15: 1.5 rounds up to 2
    assertArrayEquals(new int[] {0, 2}, Global.INSTANCE.keptCounts(0.9, List.of(SMALL, LARGE)));
  }

  @Test
  void globalTiesGoToTheEarlierTensor() {
    UnitScores first = new UnitScores("a", new float[] {1, 1, 1}, 1);
    UnitScores second = new UnitScores("b", new float[] {1, 1, 1}, 1);
    // 0.5 of 6 keeps 3, 2/3 of 6 keeps 2
    assertArrayEquals(new int[] {3, 0}, Global.INSTANCE.keptCounts(0.5, List.of(first, second)));
  }

  @Test
  void globalComparesUnitsOfDifferentSizesByTheirMean() {
    // sums 8 and 6 in units of 4: means 2 and 1.5, between the single weights 3 and 1
    UnitScores blocks = new UnitScores("a", new float[] {8, 6}, 4);
    UnitScores singles = new UnitScores("b", new float[] {3, 1}, 1);
    assertArrayEquals(new int[] {1, 1}, Global.INSTANCE.keptCounts(0.5, List.of(blocks, singles)));
  }

  @Test
  void unitsHaveWeights() {
    assertThrows(IllegalArgumentException.class, () -> new UnitScores("a", new float[] {1}, 0));
  }
}
