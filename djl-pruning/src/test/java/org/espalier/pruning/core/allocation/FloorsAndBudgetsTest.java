package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.junit.jupiter.api.Test;

/** The terms of the allocations that rank or share evenly: global and uniform. */
class FloorsAndBudgetsTest {

  private static final double DEAD = Double.NEGATIVE_INFINITY;
  private static final List<UnitScores> TENSORS =
      List.of(
          Layers.scored("a", 4, 0.1, 0.2, 0.3, 0.4, 0.5),
          Layers.scored("b", 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));

  private static int[] global(Terms terms, double sparsity, List<UnitScores> tensors) {
    return Layers.kept(new Global(terms), sparsity, tensors);
  }

  @Test
  void globalKeepsTheTotalUnderAFloor() {
    // 3 places: all in b without floor
    assertArrayEquals(new int[] {0, 3}, global(Terms.DEFAULT, 0.8, TENSORS));
    assertArrayEquals(new int[] {1, 2}, global(Terms.minKept(1), 0.8, TENSORS));
    // 12 places, of which a has at most 5
    assertArrayEquals(new int[] {5, 7}, global(Terms.minKept(7), 0.2, TENSORS));
    assertArrayEquals(new int[] {5, 10}, global(Terms.minKept(7), 0, TENSORS));
  }

  @Test
  void floorsAreOfLivingUnits() {
    List<UnitScores> tensors =
        List.of(Layers.scored("a", 1, DEAD, 0.1, DEAD), Layers.scored("b", 1, 1, 2, 3, 4, 5, 6, 7));
    // a has one to keep, whatever the floor
    assertArrayEquals(new int[] {1, 4}, global(Terms.minKept(3), 0.5, tensors));
  }

  @Test
  void floorsThatAreNotAffordableAreRefused() {
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> global(Terms.minKept(2), 0.8, TENSORS));
    assertEquals(
        "min_kept: expected floors of the tensors that the sparsity can pay for, 3 in all, found 4;"
            + " lower min_kept or the schedule's target",
        error.getMessage());
    assertThrows(InvalidInputException.class, () -> Terms.minKept(-1));
  }

  @Test
  void globalFollowsTheRankingWhileOperationsLast() {
    // a: 4 operations a unit, b: 1; 11 in all, 5 allowed: 5 (4), 4 (1), and 3 would be one too many
    List<UnitScores> tensors = List.of(Layers.scored("a", 4, 5, 1), Layers.scored("b", 1, 4, 3, 2));
    assertArrayEquals(new int[] {1, 1}, global(Terms.flops(), 0.5, tensors));
    assertArrayEquals(new int[] {2, 3}, global(Terms.flops(), 0, tensors));
    // 3 allowed: the best unit alone costs 4, and the ranking stops there
    assertArrayEquals(new int[] {0, 0}, global(Terms.flops(), 0.7, tensors));
    // 5 allowed, 4 + 1 for the floors, and nothing more
    assertArrayEquals(new int[] {1, 1}, global(new Terms(Budget.FLOPS, 1), 0.5, tensors));
  }

  /** Against a plain walk down the sorted ranking. */
  @Test
  void globalMatchesAWalkDownTheRanking() {
    SplittableRandom random = new SplittableRandom(3);
    for (int net = 0; net < 100; net++) {
      List<UnitScores> tensors = new ArrayList<>();
      for (int t = 0; t < 1 + random.nextInt(4); t++) {
        // few different scores: many ties
        double[] scores = random.ints(1 + random.nextInt(20), 0, 6).asDoubleStream().toArray();
        tensors.add(Layers.scored("t" + t, 1 + random.nextInt(9), scores));
      }
      double sparsity = random.nextInt(100) / 100.0;
      assertArrayEquals(walk(tensors, sparsity), global(Terms.flops(), sparsity, tensors));
    }
  }

  private static int[] walk(List<UnitScores> tensors, double sparsity) {
    record Unit(double score, int tensor) {}
    List<Unit> ranking = new ArrayList<>();
    long all = 0;
    for (int t = 0; t < tensors.size(); t++) {
      for (double score : tensors.get(t).scores().toDoubles()) {
        ranking.add(new Unit(score, t));
        all += tensors.get(t).tensor().uses();
      }
    }
    ranking.sort((a, b) -> Double.compare(b.score(), a.score()));
    int[] kept = new int[tensors.size()];
    long spent = 0;
    for (Unit unit : ranking) {
      spent += tensors.get(unit.tensor()).tensor().uses();
      if (100 * spent > Math.round(100 * (1 - sparsity)) * all) {
        break;
      }
      kept[unit.tensor()]++;
    }
    return kept;
  }

  @Test
  void globalTotalIsExactUnderFloors() {
    SplittableRandom random = new SplittableRandom(4);
    for (int net = 0; net < 100; net++) {
      List<UnitScores> tensors = new ArrayList<>();
      for (int t = 0; t < 1 + random.nextInt(5); t++) {
        double[] scores = random.doubles(10 + random.nextInt(50)).map(x -> x * x).toArray();
        tensors.add(Layers.scored("t" + t, 1, scores));
      }
      long all = tensors.stream().mapToLong(UnitScores::units).sum();
      int[] kept = global(Terms.minKept(2), 0.7, tensors);
      assertEquals(Counts.kept(0.7, all), Arrays.stream(kept).sum());
      assertTrue(Arrays.stream(kept).allMatch(k -> k >= 2));
    }
  }

  @Test
  void uniformRaisesTheOthersUnderAFloor() {
    // 0.8: 1 of 5 and 2 of 10 meet a floor of 1
    assertArrayEquals(new int[] {1, 2}, Layers.kept(new Uniform(Terms.minKept(1)), 0.8, TENSORS));
    List<UnitScores> layers = Layers.of(new int[] {2, 5}, new int[] {9, 10});
    // 0.8 of 100 keeps 20: 5 of 10, and 15 of 90
    assertArrayEquals(new int[] {5, 15}, Layers.kept(new Uniform(Terms.minKept(5)), 0.8, layers));
    // 3 places cannot hold twice 2
    assertThrows(
        InvalidInputException.class,
        () -> Layers.kept(new Uniform(Terms.minKept(2)), 0.8, TENSORS));
  }

  @Test
  void uniformByOperationsDiffersOnlyUnderAFloor() {
    List<UnitScores> layers = List.of(Layers.layer("a", 10, 2, 5), Layers.layer("b", 1, 9, 10));
    assertArrayEquals(
        new double[] {0.8, 0.8}, Layers.sparsities(new Uniform(Terms.flops()), 0.8, layers));
    // 190 operations, 38 allowed, the floor of 3 costs 30: 8 of 90
    assertArrayEquals(
        new int[] {3, 8}, Layers.kept(new Uniform(new Terms(Budget.FLOPS, 3)), 0.8, layers));
  }

  @Test
  void uniformHandsTheSparsityOnBitForBit() {
    double odd = 0.1 + 0.2;
    assertArrayEquals(
        new double[] {odd, odd}, Layers.sparsities(Uniform.INSTANCE, odd, TENSORS), 0);
  }
}
