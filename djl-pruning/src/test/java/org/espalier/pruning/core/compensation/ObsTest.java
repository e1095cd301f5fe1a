package org.espalier.pruning.core.compensation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.SplittableRandom;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.config.ConfigNode;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class ObsTest {

  private static final int EXAMPLES = 40;
  private static final int INPUTS = 6;

  /** Inputs of a linear regression: the Hessian of its mean loss (x w - y)² / 2 is Xᵀ X / N. */
  private final float[] inputs = new float[EXAMPLES * INPUTS];

  private final double[] targets = new double[EXAMPLES];

  ObsTest() {
    SplittableRandom random = new SplittableRandom(11);
    for (int e = 0; e < EXAMPLES; e++) {
      double common = random.nextDouble(-1, 1);
      for (int i = 0; i < INPUTS; i++) {
        inputs[e * INPUTS + i] = (float) (common + random.nextDouble(-1, 1));
      }
      targets[e] = random.nextDouble(-3, 3);
    }
  }

  private static Mask mask(int... bits) {
    byte[] bytes = new byte[bits.length];
    for (int i = 0; i < bits.length; i++) {
      bytes[i] = (byte) bits[i];
    }
    return Mask.ofBytes(bytes, 1, bits.length);
  }

  private WeightTensor tensor(float... values) {
    return WeightTensor.of("w", new int[] {1, INPUTS}, values)
        .with(Statistic.GRADIENT_SAMPLES, inputs);
  }

  /** The least-squares weights over the inputs of a mask, by the normal equations. */
  private float[] fit(Mask mask) {
    int[] bits = new int[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      bits[i] = mask.isKept(i) ? 1 : 0;
    }
    // 1e-12 on the diagonal: dead inputs have a row of their own
    double[][] inverse = inverse(hessian(bits, 1e-12));
    float[] weights = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      double sum = 0;
      for (int j = 0; j < INPUTS; j++) {
        for (int e = 0; e < EXAMPLES; e++) {
          sum += inverse[i][j] * bits[j] * inputs[e * INPUTS + j] * targets[e] / EXAMPLES;
        }
      }
      weights[i] = (float) sum;
    }
    return weights;
  }

  /** The Hessian over the living weights; elsewhere lambda alone. */
  private double[][] hessian(int[] bits, double lambda) {
    double[][] hessian = new double[INPUTS][INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      for (int j = 0; j < INPUTS; j++) {
        for (int e = 0; e < EXAMPLES; e++) {
          hessian[i][j] +=
              bits[i] * bits[j] * (double) inputs[e * INPUTS + i] * inputs[e * INPUTS + j];
        }
        hessian[i][j] = hessian[i][j] / EXAMPLES + (i == j ? lambda : 0);
      }
    }
    return hessian;
  }

  /** The inverse of a positive definite matrix by Gauss and Jordan. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      inverse[i][i] = 1;
    }
    for (int i = 0; i < n; i++) {
      for (int row = 0; row < n; row++) {
        double factor = matrix[row][i] / matrix[i][i];
        for (int column = 0; column < n && row != i; column++) {
          matrix[row][column] -= factor * matrix[i][column];
          inverse[row][column] -= factor * inverse[i][column];
        }
      }
      double pivot = matrix[i][i];
      for (int column = 0; column < n; column++) {
        matrix[i][column] /= pivot;
        inverse[i][column] /= pivot;
      }
    }
    return inverse;
  }

  @Test
  void onARegressionItIsTheRefitWithoutTheInput() {
    float[] full = fit(mask(1, 1, 1, 1, 1, 1));
    for (int removed = 0; removed < INPUTS; removed++) {
      int[] bits = {1, 1, 1, 1, 1, 1};
      bits[removed] = 0;
      assertArrayEquals(
          fit(mask(bits)), new Obs(1e-10).compensated(tensor(full), mask(bits)), 2e-6f);
    }
  }

  @Test
  void onARegressionItIsTheRefitWithoutSeveralInputs() {
    float[] full = fit(mask(1, 1, 1, 1, 1, 1));
    for (int[] bits : new int[][] {{0, 1, 0, 1, 1, 0}, {1, 0, 0, 0, 0, 0}, {1, 1, 1, 0, 0, 1}}) {
      Mask mask = mask(bits);
      assertArrayEquals(fit(mask), new Obs(1e-10).compensated(tensor(full), mask), 2e-6f);
    }
  }

  /** What is dead stays dead and pulls nothing: the rest is refitted without it. */
  @Test
  void deadWeightsStayDead() {
    float[] partial = fit(mask(1, 0, 1, 1, 1, 0));
    Mask mask = mask(1, 0, 1, 0, 1, 0);
    float[] values = new Obs(1e-10).compensated(tensor(partial), mask);
    assertArrayEquals(fit(mask), values, 2e-6f);
    assertEquals(0f, values[1]);
    // also where the mask would let it live again
    assertEquals(0f, new Obs(1e-10).compensated(tensor(partial), mask(1, 1, 1, 0, 1, 0))[1]);
  }

  /** Hassibi and Stork's updates one after the other, each with the criterion's least loss. */
  @Test
  void removingTogetherIsRemovingInTurn() {
    float[] full = {0.4f, -1.2f, 0.9f, 0.05f, 2, -0.6f};
    Obs obs = new Obs(1e-3);
    float[] values = full;
    int[] bits = {1, 1, 1, 1, 1, 1};
    for (int turn = 0; turn < 4; turn++) {
      WeightTensor tensor = tensor(values);
      double[] scores = new org.espalier.pruning.core.criterion.Obs(1e-3).score(tensor).toDoubles();
      int least = -1;
      for (int i = 0; i < INPUTS; i++) {
        if (bits[i] == 1 && (least < 0 || scores[i] < scores[least])) {
          least = i;
        }
      }
      double[][] inverse = inverse(hessian(bits, 1e-3));
      double[] updated = new double[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        updated[i] =
            bits[i] * (values[i] - values[least] / inverse[least][least] * inverse[i][least]);
      }
      bits[least] = 0;
      values = obs.compensated(tensor, mask(bits));
      for (int i = 0; i < INPUTS; i++) {
        assertEquals(updated[i], values[i], 2e-6);
      }
    }
    assertArrayEquals(values, obs.compensated(tensor(full), mask(bits)), 5e-6f);
  }

  /** Numbers of src/test/python/criteria.py, from Lagrange's conditions: few examples. */
  @Test
  void moreWeightsThanExamples() {
    float[] samples = {1, 9, -2, 0.5f, 3, 0.25f, 9, 1, -1, 2, -0.5f, 9, 0.75f, 2, 1};
    WeightTensor tensor =
        WeightTensor.of("w", new int[] {1, 5}, new float[] {0.5f, 0, -1.5f, 2, 0.75f})
            .with(Statistic.GRADIENT_SAMPLES, samples);
    assertArrayEquals(
        new float[] {2.5687022900763359f, 0, 0, 2.5076335877862594f, 0},
        new Obs(0.5).compensated(tensor, mask(1, 0, 0, 1, 0)),
        1e-6f);
    assertArrayEquals(
        new float[] {5.050810989738498f, 0, 0, 2.9983449189010263f, 0},
        new Obs(0.015625).compensated(tensor, mask(1, 0, 0, 1, 0)),
        1e-6f);
  }

  @Test
  void itReadsBack() {
    assertEquals(
        new Obs(1e-4), Compensations.REGISTRY.read(new ConfigNode("test", new TextNode("obs"))));
    Obs obs = new Obs(0.5);
    ObjectNode node = new ObjectMapper().valueToTree(obs.parameters());
    assertEquals(
        obs, Compensations.REGISTRY.read(new ConfigNode("test", node.put("type", obs.type()))));
  }
}
