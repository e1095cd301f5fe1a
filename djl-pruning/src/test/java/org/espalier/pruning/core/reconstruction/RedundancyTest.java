package org.espalier.pruning.core.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** What was planted is found, and nothing else. */
class RedundancyTest {

  private static List<Substitution> find(Redundancy redundancy, double[]... data) {
    return redundancy.find(List.of(new Readings(Rows.moments(data), true)));
  }

  private static List<Substitution> findPadded(Redundancy redundancy, double[]... data) {
    return redundancy.find(List.of(new Readings(Rows.moments(data), false)));
  }

  private static void check(Substitution found, int channel, double constant, double... c) {
    assertEquals(channel, found.channel());
    assertEquals(1, found.standIns().size());
    assertArrayEquals(c, found.standIns().get(0).coefficients(), 1e-9);
    assertEquals(constant, found.standIns().get(0).constant(), 1e-9);
  }

  @Test
  void constants() {
    double[][] data = Rows.random(20, 4, 1, row -> row[2] = 0.75);
    List<Substitution> found = find(new ConstantUnits(0), data);
    assertEquals(1, found.size());
    check(found.get(0), 2, 0.75, 0, 0, 0, 0);
    assertEquals(0, findPadded(new ConstantUnits(0), data).size());
  }

  @Test
  void zerosAreConstantsEvenBehindPadding() {
    double[][] data = Rows.random(20, 3, 1, row -> row[1] = 0);
    check(findPadded(new ConstantUnits(0), data).get(0), 1, 0, 0, 0, 0);
  }

  @Test
  void oneConstantStays() {
    assertEquals(1, find(new ConstantUnits(0), new double[] {3, 4}, new double[] {3, 4}).size());
    assertEquals(
        1, find(new DependentUnits(1e-6), new double[] {3, 4}, new double[] {3, 4}).size());
  }

  /** Rows (1, 2) and (1.2, 5): a variance of 0.01. */
  @Test
  void epsilonIsAVariance() {
    double[][] data = {{1, 2}, {1.2, 5}};
    assertEquals(0, find(new ConstantUnits(0.0099), data).size());
    check(find(new ConstantUnits(0.0101), data).get(0), 0, 1.1, 0, 0);
  }

  @Test
  void duplicatesAndOpposites() {
    double[][] data =
        Rows.random(
            20,
            4,
            2,
            row -> {
              row[1] = 1 - row[0];
              row[3] = row[0];
            });
    List<Substitution> found = find(new EqualUnits(1e-12), data);
    assertEquals(2, found.size());
    Substitution one = found.stream().filter(s -> s.channel() == 1).findFirst().orElseThrow();
    Substitution three = found.stream().filter(s -> s.channel() == 3).findFirst().orElseThrow();
    check(one, 1, 1, -1, 0, 0, 0);
    check(three, 3, 0, 1, 0, 0, 0);
    List<Substitution> padded = findPadded(new EqualUnits(1e-12), data);
    assertEquals(1, padded.size());
    check(padded.get(0), 3, 0, 1, 0, 0, 0);
  }

  /** a_2 = -3 a_0 + 0.5. */
  @Test
  void affineTwins() {
    double[][] data = Rows.random(20, 3, 3, row -> row[2] = 0.5 - 3 * row[0]);
    List<Substitution> found = find(new CorrelatedUnits(0.999), data);
    assertEquals(1, found.size());
    check(found.get(0), 2, 0.5, -3, 0, 0);
  }

  @Test
  void behindPaddingTwinsAreMultiples() {
    double[][] data =
        Rows.random(
            20,
            4,
            3,
            row -> {
              row[2] = 0.5 - 3 * row[0];
              row[3] = 2 * row[1];
            });
    List<Substitution> found = findPadded(new CorrelatedUnits(0.999), data);
    assertEquals(1, found.size());
    check(found.get(0), 3, 0, 0, 2, 0, 0);
  }

  /**
   * Of rows (1, 1), (2, 3), (3, 2) the correlation is 1/2: covariance 1/3, variances 2/3.
   * Regression of the second by the first: α = 1/2, β = 2 - 1/2 * 2.
   */
  @Test
  void regressionByHand() {
    double[][] data = {{1, 1}, {2, 3}, {3, 2}};
    assertEquals(0, find(new CorrelatedUnits(0.51), data).size());
    check(find(new CorrelatedUnits(0.49), data).get(0), 1, 1, 0.5, 0);
  }

  /** a_3 = a_0 + 2 a_1 - 1, smaller than the others: it goes, the rest are pivots. */
  @Test
  void linearCombinations() {
    double[][] data =
        Rows.random(
            40,
            5,
            4,
            row -> {
              row[0] *= 9;
              row[1] *= 8;
              row[3] = (row[0] + 2 * row[1] - 1) / 100;
            });
    List<Substitution> found = find(new DependentUnits(1e-5), data);
    assertEquals(1, found.size());
    Substitution only = found.get(0);
    StandIn standIn = only.standIns().get(0);
    assertEquals(0, standIn.coefficients()[only.channel()]);
    for (double[] row : data) {
      double sum = standIn.constant();
      for (int j = 0; j < 5; j++) {
        sum += standIn.coefficients()[j] * row[j];
      }
      assertEquals(row[only.channel()], sum, 1e-9);
    }
    assertEquals(0, findPadded(new DependentUnits(1e-5), data).size());
  }

  /** Equal for one consumer, different for the other. */
  @Test
  void allConsumersMustAgree() {
    Readings equal = new Readings(Rows.moments(Rows.random(9, 2, 5, r -> r[1] = r[0])), true);
    Readings different = new Readings(Rows.moments(Rows.random(9, 2, 6)), true);
    for (Redundancy redundancy :
        List.of(new EqualUnits(1e-9), new CorrelatedUnits(0.999), new DependentUnits(1e-5))) {
      assertEquals(1, redundancy.find(List.of(equal, equal)).size());
      assertEquals(2, redundancy.find(List.of(equal, equal)).get(0).standIns().size());
      assertEquals(0, redundancy.find(List.of(equal, different)).size());
    }
  }

  /** 0 = 1 = 2: what has stood in for another stays, so that nothing leads to what is gone. */
  @Test
  void standInsStay() {
    double[][] data =
        Rows.random(
            20,
            4,
            7,
            row -> {
              row[1] = row[0];
              row[2] = row[0];
            });
    for (Redundancy redundancy :
        List.of(new EqualUnits(1e-9), new CorrelatedUnits(0.999), new DependentUnits(1e-5))) {
      List<Substitution> found = find(redundancy, data);
      assertEquals(2, found.size());
      for (Substitution substitution : found) {
        for (Substitution other : found) {
          assertEquals(0, substitution.standIns().get(0).coefficients()[other.channel()]);
        }
      }
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThrows(InvalidInputException.class, () -> new ConstantUnits(-1));
    assertThrows(InvalidInputException.class, () -> new EqualUnits(Double.NaN));
    assertThrows(InvalidInputException.class, () -> new CorrelatedUnits(0));
    assertThrows(InvalidInputException.class, () -> new DependentUnits(-1e-9));
  }
}
