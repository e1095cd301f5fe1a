package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;

class AllocationTest {

  private static UnitScores units(String name, int unitSize, float... scores) {
    int weights = scores.length * Math.max(unitSize, 1);
    return new UnitScores(
        new TensorInfo(name, new int[] {weights}, true), Scores.of(scores), unitSize);
  }

  /** The counts that an unstructured pattern makes of the sparsities. */
  private static int[] kept(Allocation allocation, double sparsity, UnitScores... tensors) {
    double[] sparsities = allocation.sparsities(new Demand.Sparsity(sparsity), List.of(tensors));
    return IntStream.range(0, sparsities.length)
        .map(i -> (int) Counts.kept(sparsities[i], tensors[i].units()))
        .toArray();
  }

  private static final UnitScores SMALL = units("a", 1, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f);
  private static final UnitScores LARGE = units("b", 1, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f);

  @Test
  void uniformRoundsEveryTensorForItself() {
    // 0.9: of 5, 0.5 rounds up to 1; of 10, 1
    assertArrayEquals(new int[] {1, 1}, kept(Uniform.INSTANCE, 0.9, SMALL, LARGE));
    // 0.5: of 5, 2.5 rounds up to 3; of 10, 5
    assertArrayEquals(new int[] {3, 5}, kept(Uniform.INSTANCE, 0.5, SMALL, LARGE));
  }

  @Test
  void globalRanksAllUnitsTogether() {
    // 0.2 of 15 keeps 12: all ten of b, then the best two of a
    assertArrayEquals(new int[] {2, 10}, kept(Global.INSTANCE, 0.2, SMALL, LARGE));
    // 0.9 of 15: 1.5 rounds up to 2
    assertArrayEquals(new int[] {0, 2}, kept(Global.INSTANCE, 0.9, SMALL, LARGE));
  }

  @Test
  void globalTiesGoToTheEarlierTensor() {
    UnitScores first = units("a", 1, 1f, 1f, 1f);
    UnitScores second = units("b", 1, 1f, 1f, 1f);
    // 0.5 of 6 keeps 3, 2/3 of 6 keeps 2
    assertArrayEquals(new int[] {3, 0}, kept(Global.INSTANCE, 0.5, first, second));
  }

  @Test
  void globalComparesUnitsOfDifferentSizesByTheirMean() {
    // sums 8 and 6 in units of 4: means 2 and 1.5, between the single weights 3 and 1
    UnitScores blocks = units("a", 4, 8f, 6f);
    UnitScores singles = units("b", 1, 3f, 1f);
    assertArrayEquals(new int[] {1, 1}, kept(Global.INSTANCE, 0.5, blocks, singles));
  }

  @Test
  void globalDividesByTheAggregate() {
    TensorInfo small = new TensorInfo("a", new int[] {8}, true);
    TensorInfo large = new TensorInfo("b", new int[] {32}, true);
    // Two units of 4 and of 16 weights, L2 norms 4 and 6: root mean squares 2 and 1.5.
    List<UnitScores> units =
        List.of(
            new UnitScores(small, Scores.of(4f, 0f), 4, Aggregate.L2.divisor(4)),
            new UnitScores(large, Scores.of(6f, 0f), 16, Aggregate.L2.divisor(16)));
    assertArrayEquals(
        new double[] {0.5, 1}, Global.INSTANCE.sparsities(new Demand.Sparsity(0.75), units));
    // The largest entries, 3 and 3.5, compete as they are.
    List<UnitScores> largest =
        List.of(
            new UnitScores(small, Scores.of(3f, 0f), 4, Aggregate.MAX.divisor(4)),
            new UnitScores(large, Scores.of(3.5f, 0f), 16, Aggregate.MAX.divisor(16)));
    assertArrayEquals(
        new double[] {1, 0.5}, Global.INSTANCE.sparsities(new Demand.Sparsity(0.75), largest));
  }

  @Test
  void countsThatGlobalGivesAreRoundedPerBankAsTheyAre() {
    // 44 of 72 weights in 8 banks of 9 are 5.5 each, which 1 - 28 / 72 in binary is just below.
    double sparsity = 28 / 72d;
    assertEquals(48, SparsityPattern.parse("balanced:2").kept(sparsity, new int[] {4, 18}));
  }

  @Test
  void unitsHaveWeights() {
    assertThrows(IllegalArgumentException.class, () -> units("a", 0, 1f));
  }
}
