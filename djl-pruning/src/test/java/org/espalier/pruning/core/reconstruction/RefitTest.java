package org.espalier.pruning.core.reconstruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** New weights against what plain sums over the data give. */
class RefitTest {

  private static final ConjugateGradients CG = new ConjugateGradients(1000, 1e-14);

  private final double[][] data = Rows.random(50, 6, 1);
  private final LinearConsumer consumer = Rows.consumer(data, 3, 2);
  private final BitSet removed = BitSet.valueOf(new long[] {0b010010});

  /** The residual of each output is orthogonal to every feature that stays, and to the bias. */
  @Test
  void leastSquaresResidualIsOrthogonal() {
    for (Refit refit : List.of(LeastSquares.INSTANCE, CG)) {
      double[][] weights = refit.weights(consumer, removed);
      for (int o = 0; o < 3; o++) {
        double[] inner = new double[7];
        for (double[] row : data) {
          double rest = Rows.output(consumer.weights()[o], row) - Rows.output(weights[o], row);
          for (int i = 0; i < 6; i++) {
            inner[i] += rest * row[i];
          }
          inner[6] += rest;
        }
        assertEquals(0, weights[o][1]);
        assertEquals(0, weights[o][4]);
        for (int i : new int[] {0, 2, 3, 5, 6}) {
          assertEquals(0, inner[i], 1e-10);
        }
      }
    }
  }

  @Test
  void bothSolversAgree() {
    double[][] direct = LeastSquares.INSTANCE.weights(consumer, removed);
    double[][] iterated = CG.weights(consumer, removed);
    for (int o = 0; o < 3; o++) {
      assertArrayEquals(direct[o], iterated[o], 1e-9);
    }
  }

  /** A unit that is a combination of others and a constant is made up for without a residual. */
  @Test
  void dependentUnitsLeaveNoResidual() {
    double[][] dependent =
        Rows.random(
            50,
            6,
            3,
            row -> {
              row[1] = row[0] - 2 * row[2] + 0.3;
              row[4] = row[5];
              row[3] = 0;
            });
    LinearConsumer reader = Rows.consumer(dependent, 2, 4);
    for (Refit refit : List.of(LeastSquares.INSTANCE, CG)) {
      double[][] weights = refit.weights(reader, removed);
      assertEquals(0, Rows.error(dependent, reader.weights(), weights), 1e-18);
    }
  }

  @Test
  void fewStepsStopEarly() {
    double[][] one = new ConjugateGradients(1, 0).weights(consumer, removed);
    double best = consumer.error(LeastSquares.INSTANCE.weights(consumer, removed));
    double[][] zeroed = zeroed();
    assertTrue(consumer.error(one) > best * 1.0001);
    assertTrue(consumer.error(one) < consumer.error(zeroed));
  }

  private double[][] zeroed() {
    double[][] weights = new double[3][];
    for (int o = 0; o < 3; o++) {
      weights[o] = consumer.weights()[o].clone();
      weights[o][1] = 0;
      weights[o][4] = 0;
    }
    return weights;
  }

  @Test
  void errorIsTheSumOfSquares() {
    double[][] weights = zeroed();
    assertEquals(Rows.error(data, consumer.weights(), weights), consumer.error(weights), 1e-10);
  }

  /** b_k += w_k1 mean(x_1) + w_k4 mean(x_4), no other weight changes. */
  @Test
  void meansGoIntoTheBias() {
    double[][] weights = MeanFold.INSTANCE.weights(consumer, removed);
    double one = 0;
    double four = 0;
    for (double[] row : data) {
      one += row[1] / 50;
      four += row[4] / 50;
    }
    for (int o = 0; o < 3; o++) {
      double[] expected = consumer.weights()[o].clone();
      expected[6] += expected[1] * one + expected[4] * four;
      expected[1] = 0;
      expected[4] = 0;
      assertArrayEquals(expected, weights[o], 1e-14);
    }
  }

  /**
   * The factors solve the normal equations of the rows (row, output) whose entries are w_oj x_j;
   * and what they leave is no more than factors 1 leave.
   */
  @Test
  void scalesOfThiNet() {
    double[][] weights = ChannelScales.INSTANCE.weights(consumer, removed);
    double[] inner = new double[6];
    for (double[] row : data) {
      for (int o = 0; o < 3; o++) {
        double rest = Rows.output(consumer.weights()[o], row) - Rows.output(weights[o], row);
        for (int j = 0; j < 6; j++) {
          inner[j] += rest * consumer.weights()[o][j] * row[j];
        }
      }
    }
    for (int j : new int[] {0, 2, 3, 5}) {
      assertEquals(0, inner[j], 1e-10);
      double scale = weights[0][j] / consumer.weights()[0][j];
      assertEquals(scale, weights[1][j] / consumer.weights()[1][j], 1e-12);
    }
    assertEquals(consumer.weights()[2][6], weights[2][6]);
    assertTrue(consumer.error(weights) < consumer.error(zeroed()));
    double full = consumer.error(LeastSquares.INSTANCE.weights(consumer, removed));
    assertTrue(full < consumer.error(weights));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThrows(InvalidInputException.class, () -> new ConjugateGradients(0, 0));
    assertThrows(InvalidInputException.class, () -> new ConjugateGradients(1, -1));
  }
}
