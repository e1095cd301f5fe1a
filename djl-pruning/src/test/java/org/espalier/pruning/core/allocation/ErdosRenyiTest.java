package org.espalier.pruning.core.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.allocation.ErdosRenyi.Form;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErdosRenyiTest {

  private static final ErdosRenyi ER = ErdosRenyi.of(Form.ER);
  private static final ErdosRenyi ERK = ErdosRenyi.of(Form.ERK);

  private static List<TensorInfo> infos(List<UnitScores> tensors) {
    return tensors.stream().map(UnitScores::tensor).toList();
  }

  /** Published densities of LeNet-300-100, where ER and ERK are the same; s N is a whole number. */
  @ParameterizedTest
  @CsvSource({
    "0.90, 0.920432, 0.769811, 0,        17.26415, 18714 6906 1000",
    "0.95, 0.961516, 0.888666, 0.081493, 8.35006,  9051 3340 919",
    "0.98, 0.984606, 0.955466, 0.632597, 3.34003,  3621 1336 367",
    "0.99, 0.992303, 0.977733, 0.816299, 1.67001,  1810 668 184",
  })
  void lenet300(double sparsity, double a, double b, double c, double epsilon, String kept) {
    List<UnitScores> layers = Layers.lenet300();
    for (ErdosRenyi allocation : List.of(ER, ERK)) {
      assertArrayEquals(
          new double[] {a, b, c}, Layers.sparsities(allocation, sparsity, layers), 5.1e-7);
      assertEquals(epsilon, allocation.epsilon(sparsity, infos(layers)), 5.1e-6);
      int[] counts = Arrays.stream(kept.split(" ")).mapToInt(Integer::parseInt).toArray();
      assertArrayEquals(counts, Layers.kept(allocation, sparsity, layers));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ERK, 0.90, 0,        0.912928, 0.911567, 0",
    "ERK, 0.95, 0.273884, 0.962523, 0.961937, 0",
    "ERK, 0.98, 0.722113, 0.985657, 0.985433, 0.542832",
    "ERK, 0.99, 0.861057, 0.992829, 0.992717, 0.771416",
    "ER,  0.90, 0,        0.138197, 0.959988, 0",
    "ER,  0.95, 0,        0.586587, 0.980806, 0.397598",
    "ER,  0.98, 0,        0.840534, 0.992596, 0.767635",
  })
  void lenet5Caffe(Form form, double sparsity, double a, double b, double c, double d) {
    assertArrayEquals(
        new double[] {a, b, c, d},
        Layers.sparsities(ErdosRenyi.of(form), sparsity, Layers.lenet5Caffe()),
        5.1e-7);
  }

  /** In one group with a dense one, densities are real numbers that meet the total. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void densitiesMeetTheTotalAndFallWithTheSparsity(Form form) {
    SplittableRandom random = new SplittableRandom(1);
    for (int net = 0; net < 50; net++) {
      List<UnitScores> layers = new ArrayList<>();
      for (int l = 0; l <= random.nextInt(6); l++) {
        int[] shape = {1 + random.nextInt(40), 1 + random.nextInt(40), 1 + random.nextInt(3)};
        layers.add(Layers.layer("0" + l, 1 + random.nextInt(100), shape));
      }
      for (Budget budget : Budget.values()) {
        Allocation allocation = new ErdosRenyi(form, 1, new Terms(budget, 0));
        double all = Layers.cost(budget, new double[layers.size()], layers);
        double[] before = new double[layers.size()];
        for (double sparsity : new double[] {0, 0.01, 0.3, 0.5, 0.9, 0.999}) {
          double[] now = Layers.sparsities(allocation, sparsity, layers);
          assertEquals((1 - sparsity) * all, Layers.cost(budget, now, layers), all * 1e-12);
          for (int i = 0; i < now.length; i++) {
            assertTrue(now[i] >= before[i] && now[i] < 1, "sparsity " + now[i]);
          }
          before = now;
        }
      }
    }
  }

  /** By hand: r = 5/6 and 1/2; costs 60 and 16, of which 38 are allowed: epsilon = 38 / 58. */
  @Test
  void operationsAreABudgetToo() {
    List<UnitScores> layers = List.of(Layers.layer("a", 10, 2, 3), Layers.layer("b", 1, 4, 4));
    assertArrayEquals(
        new double[] {1 - 38.0 / 58 * 5 / 6, 1 - 38.0 / 58 / 2},
        Layers.sparsities(new ErdosRenyi(Form.ER, 1, Terms.flops()), 0.5, layers),
        1e-14);
  }

  /**
   * By hand: r = 2 and 2/4, squared 4 and 1/4; 0.5 of 17 is 8.5: one is dense, the other 7.5 / 16.
   */
  @Test
  void powerSharpensTheRatios() {
    List<UnitScores> layers = Layers.of(new int[] {1, 1}, new int[] {4, 4});
    assertArrayEquals(
        new double[] {0, 1 - 7.5 / 16},
        Layers.sparsities(new ErdosRenyi(Form.ER, 2, Terms.DEFAULT), 0.5, layers),
        1e-14);
    assertArrayEquals(
        new double[] {0.5, 0.5},
        Layers.sparsities(new ErdosRenyi(Form.ER, 0, Terms.DEFAULT), 0.5, layers));
  }

  @Test
  void singleTensorHasTheSparsityItself() {
    for (double sparsity : new double[] {0, 0.1, 0.3, 0.7, 0.9, 0.95, 0.999}) {
      assertArrayEquals(
          new double[] {sparsity},
          Layers.sparsities(ERK, sparsity, Layers.of(new int[] {7, 3, 5, 5})));
    }
    // one weight: 0.5 rounds up, 0.4 rounds down
    assertArrayEquals(new int[] {1}, Layers.kept(ER, 0.5, Layers.of(new int[] {1, 1})));
    assertArrayEquals(new int[] {0}, Layers.kept(ER, 0.6, Layers.of(new int[] {1, 1})));
  }

  @Test
  void vectorsCountOneInput() {
    // er: (4 + 1) / 4 and (2 + 2) / 4, 0.5 of 8 allowed: epsilon (5 + 4) = 4
    List<UnitScores> layers = Layers.of(new int[] {4}, new int[] {2, 2});
    assertArrayEquals(
        new double[] {1 - 4.0 / 9 * 5 / 4, 1 - 4.0 / 9}, Layers.sparsities(ER, 0.5, layers), 1e-14);
    assertArrayEquals(
        new double[] {1 - 4.0 / 9 * 5 / 4, 1 - 4.0 / 9},
        Layers.sparsities(ERK, 0.5, layers),
        1e-14);
  }

  /** Units of six weights each: the density is that of the weights, whatever the unit. */
  @Test
  void densitiesDoNotDependOnTheUnit() {
    UnitScores single = Layers.layer("a", 1, 4, 6);
    UnitScores rows = new UnitScores(single.tensor(), Scores.of(new double[4]), 6);
    UnitScores other = Layers.layer("b", 1, 30, 20);
    assertArrayEquals(
        Layers.sparsities(ERK, 0.8, List.of(single, other)),
        Layers.sparsities(ERK, 0.8, List.of(rows, other)));
  }

  /**
   * By hand: 0.9 of 266200 allows 26620 weights; 10000 are safe in layers 1 and 2, all 1000 in
   * layer 3. Layer 2 would keep 6906, so it has its floor, and layer 1 the remaining 15620.
   */
  @Test
  void floorIsPaidByTheOthers() {
    Allocation allocation = new ErdosRenyi(Form.ERK, 1, Terms.minKept(10_000));
    assertArrayEquals(
        new int[] {15_620, 10_000, 1000}, Layers.kept(allocation, 0.9, Layers.lenet300()));
  }

  @Test
  void floorsThatAreNotAffordableAreRefused() {
    Allocation allocation = new ErdosRenyi(Form.ERK, 1, Terms.minKept(20_000));
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> Layers.sparsities(allocation, 0.9, Layers.lenet300()));
    // 20000 + 20000 + 1000 of 266200
    assertEquals(
        "allocation: expected a sparsity of at most 0.845980, as 'erk' keeps some tensors denser,"
            + " found 0.9; lower the schedule's target, or what the allocation guarantees to"
            + " tensors",
        error.getMessage());
  }

  @Test
  void powersAreBounded() {
    for (double power : new double[] {-1, 17, Double.NaN}) {
      assertThrows(
          InvalidInputException.class, () -> new ErdosRenyi(Form.ER, power, Terms.DEFAULT));
    }
  }
}
