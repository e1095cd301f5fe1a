package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.junit.jupiter.api.Test;

class UniformPlusTest {

  /** 250, 1000, 400 and 200 weights. */
  private static final List<UnitScores> LAYERS =
      Layers.of(new int[][] {{10, 1, 5, 5}, {50, 20}, {20, 20}, {10, 20}});

  @Test
  void firstConvolutionIsDenseAndLastLayerAtMostEightyPercentSparse() {
    // 0.7 of 1850: 1295 zeros, none in the first; all others at 1295 / 1600 = 0.809 would be too
    // much for the last, which has 160: (1295 - 160) / 1400 for the two between
    assertArrayEquals(new int[] {250, 189, 76, 40}, Layers.kept(UniformPlus.usual(), 0.7, LAYERS));
    // 0.5: 925 zeros of 1600: 421.875, 168.75, 84.375 kept
    assertArrayEquals(new int[] {250, 422, 169, 84}, Layers.kept(UniformPlus.usual(), 0.5, LAYERS));
    assertArrayEquals(new int[] {250, 1000, 400, 200}, Layers.kept(UniformPlus.usual(), 0, LAYERS));
  }

  @Test
  void bothEndsAreParameters() {
    // 0.7 of 1850: first 0.4 (100), last 0.5 (100), others (1295 - 200) / 1400 = 0.782142..
    Allocation allocation = new UniformPlus(0.4, 0.5, Terms.DEFAULT);
    assertArrayEquals(new int[] {150, 218, 87, 100}, Layers.kept(allocation, 0.7, LAYERS));
  }

  @Test
  void firstLayerThatIsFullyConnectedCompetes() {
    // 239580 zeros, 800 of them in the output layer, the others 238780 / 265200 sparse: 23431.0 and
    // 2988.7 kept
    assertArrayEquals(
        new int[] {23_431, 2989, 200}, Layers.kept(UniformPlus.usual(), 0.9, Layers.lenet300()));
  }

  @Test
  void roundingIsMadeExactByThoseThatItHitHardest() {
    // three times 2.5 would round up to 9; floor(7.5 + .5) = 8: the first gives one back
    List<UnitScores> equal = Layers.of(new int[] {5, 1}, new int[] {5, 1}, new int[] {5, 1});
    assertArrayEquals(new int[] {2, 3, 3}, Layers.kept(UniformPlus.usual(), 0.5, equal));
  }

  @Test
  void roundingDoesNotTouchTheFloor() {
    List<UnitScores> equal = Layers.of(new int[] {5, 1}, new int[] {5, 1}, new int[] {5, 1});
    // 0.51 of 15 keeps 7.35, so 7; 2.45 each are 2, and the first takes the one that is missing
    Allocation two = new UniformPlus(0, 0.8, Terms.minKept(2));
    assertArrayEquals(new int[] {3, 2, 2}, Layers.kept(two, 0.51, equal));
    // sizes 4, 4, 5: 0.37 of 13 keeps 8; 2.52, 2.52, 3.15 are 3 each: the first gives one back,
    // down to its floor
    List<UnitScores> others = Layers.of(new int[] {4, 1}, new int[] {4, 1}, new int[] {5, 1});
    assertArrayEquals(new int[] {2, 3, 3}, Layers.kept(two, 0.37, others));
    Allocation three = new UniformPlus(0, 0.8, Terms.minKept(3));
    assertArrayEquals(new int[] {3, 3, 3}, Layers.kept(three, 0.3, others));
  }

  @Test
  void totalIsExactOnRandomNetworks() {
    SplittableRandom random = new SplittableRandom(2);
    for (int net = 0; net < 100; net++) {
      List<UnitScores> layers = new ArrayList<>();
      layers.add(Layers.layer("00", 1, 2, 1, 2, 2));
      for (int l = 1; l < 3 + random.nextInt(5); l++) {
        layers.add(Layers.layer("0" + l, 1, 5 + random.nextInt(30), 5 + random.nextInt(30)));
      }
      long all = layers.stream().mapToLong(UnitScores::units).sum();
      for (double sparsity : new double[] {0.1, 0.33, 0.5, 0.75}) {
        int[] kept = Layers.kept(UniformPlus.usual(), sparsity, layers);
        assertEquals(8, kept[0]);
        assertEquals(Counts.kept(sparsity, all), Arrays.stream(kept).asLongStream().sum());
      }
    }
  }

  @Test
  void unreachableSparsityIsRefused() {
    // 900 of 1000 weights are dense, the last 100 at most 0.8 sparse
    List<UnitScores> layers = Layers.of(new int[] {100, 1, 3, 3}, new int[] {10, 10});
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class, () -> Layers.sparsities(UniformPlus.usual(), 0.5, layers));
    assertEquals(
        "allocation: expected a sparsity of at most 0.080000, as 'uniform-plus' keeps some tensors"
            + " denser, found 0.5; lower the schedule's target, or what the allocation guarantees"
            + " to tensors",
        error.getMessage());
    // just what is left is not refused
    assertArrayEquals(new int[] {900, 20}, Layers.kept(UniformPlus.usual(), 0.08, layers));
  }

  @Test
  void singleTensorIsFirstAndLast() {
    assertArrayEquals(
        new int[] {3}, Layers.kept(UniformPlus.usual(), 0.7, Layers.of(new int[] {2, 5})));
    assertThrows(
        InvalidInputException.class,
        () -> Layers.kept(UniformPlus.usual(), 0.9, Layers.of(new int[] {2, 5})));
  }

  @Test
  void operationsAreABudgetToo() {
    // 4 weights used 10 times, 40 and 10 used once: 90 operations, 0.4 of them are 36 zeros of 50,
    // the last layer at most 8: 28 of 40 in the middle
    List<UnitScores> layers =
        List.of(
            Layers.layer("a", 10, 1, 1, 2, 2),
            Layers.layer("b", 1, 4, 10),
            Layers.layer("c", 1, 1, 10));
    assertArrayEquals(
        new double[] {0, 0.72, 0.72},
        Layers.sparsities(new UniformPlus(0, 0.8, Terms.flops()), 0.4, layers),
        1e-14);
    assertArrayEquals(
        new double[] {0, 0.775, 0.5},
        Layers.sparsities(new UniformPlus(0, 0.5, Terms.flops()), 0.4, layers),
        1e-14);
  }

  @Test
  void endsAreSparsities() {
    assertThrows(InvalidInputException.class, () -> new UniformPlus(1, 0.8, Terms.DEFAULT));
    assertThrows(InvalidInputException.class, () -> new UniformPlus(0, -0.1, Terms.DEFAULT));
  }
}
