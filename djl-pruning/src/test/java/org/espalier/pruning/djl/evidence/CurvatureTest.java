package org.espalier.pruning.djl.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CurvatureTest {

  private static final Shape ROWS = new Shape(5, 8);
  private static final Loss LOSS = Loss.softmaxCrossEntropyLoss();
  private static final String FIRST = "01Linear_weight";
  private static final String SECOND = "03Linear_weight";

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void theHessianTimesTheGradientAgreesWithTheWholeHessian() {
    Block network = tanh();
    List<Sample> samples = samples();
    double[] found = measure(network, LOSS, samples, Map.of(), Statistic.HESSIAN_GRADIENT);
    TanhOracle oracle = new TanhOracle(network, samples, 200);
    double[] expected = times(oracle.hessian(), oracle.gradient());
    assertTrue(relativeError(expected, found) < 1e-4, "the limit of GraSP's check is 1e-3");
  }

  @Test
  void prunedWeightsDoNotMoveButHaveAProduct() {
    Block network = tanh();
    List<Sample> samples = samples();
    byte[] kept = new byte[48];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (byte) (i % 4 == 0 ? 0 : 1);
    }
    Mask mask = Mask.ofBytes(kept, 6, 8);
    double[] found =
        measure(network, LOSS, samples, Map.of(FIRST, mask), Statistic.HESSIAN_GRADIENT);
    TanhOracle oracle = new TanhOracle(network, samples, 200);
    for (int i = 0; i < 48; i += 4) {
      oracle.weights()[i] = 0;
    }
    double[] gradient = oracle.gradient();
    for (int i = 0; i < 48; i += 4) {
      gradient[i] = 0;
    }
    double[] expected = times(oracle.hessian(), gradient);
    assertTrue(relativeError(expected, found) < 1e-4);
    assertTrue(found[0] != 0);
  }

  @Test
  void aNetworkWithoutWeightsLeftHasNoProduct() {
    Block network = tanh();
    Map<String, Mask> nothing =
        Map.of(FIRST, Mask.ofBytes(new byte[48], 6, 8), SECOND, Mask.ofBytes(new byte[18], 3, 6));
    assertArrayEquals(
        new double[66], measure(network, LOSS, samples(), nothing, Statistic.HESSIAN_GRADIENT));
  }

  @Test
  void theLossSeesPredictionsDividedByTheTemperatureForGraspOnly() {
    Block network = tanh();
    List<Sample> one = samples().subList(0, 1);
    double plain = largestPrediction(network, one, Statistic.HESSIAN_DIAGONAL);
    double divided = largestPrediction(network, one, Statistic.HESSIAN_GRADIENT);
    assertEquals(plain / 200, divided, 1e-6 * plain);
  }

  @Test
  void theExactDiagonalAgreesWithTheWholeHessian() {
    Block network = tanh();
    List<Sample> samples = samples();
    double[] found = measure(network, LOSS, samples, Map.of(), Statistic.HESSIAN_DIAGONAL_EXACT);
    double[][] hessian = new TanhOracle(network, samples, 1).hessian();
    for (int i = 0; i < found.length; i++) {
      // the mean of two batches
      assertEquals(hessian[i][i] / 2, found[i], 1e-5);
    }
  }

  /** ½ mean (wᵀx + b - y)² has the Hessian XᵀX / N, whatever y, w and b. */
  @Test
  void bothDiagonalsOfALinearRegressionAreThoseOfItsMomentMatrix() {
    Shape input = new Shape(6, 4);
    Block network =
        Networks.initialize(
            new SequentialBlock().add(Linear.builder().setUnits(1).build()), manager, input, 1);
    SplittableRandom random = new SplittableRandom(2);
    float[] x = Networks.noise(random, 24, 2);
    Sample sample =
        new Sample(
            new NDList(manager.create(x, input)),
            new NDList(manager.create(Networks.noise(random, 6, 1), new Shape(6, 1))));
    double[][] moments = new double[4][4];
    for (int e = 0; e < 6; e++) {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          moments[i][j] += (double) x[4 * e + i] * x[4 * e + j] / 6;
        }
      }
    }
    Probe probe = new Probe(network, Loss.l2Loss(), List.of(sample), Map.of(), 7);
    int vectors = 400;
    Map<Statistic, float[]> found =
        new Curvature(vectors)
            .collect(
                probe,
                Set.of(Statistic.HESSIAN_DIAGONAL, Statistic.HESSIAN_DIAGONAL_EXACT),
                Set.of(FIRST))
            .get(FIRST);
    for (int i = 0; i < 4; i++) {
      double variance = 0;
      for (int j = 0; j < 4; j++) {
        variance += i == j ? 0 : moments[i][j] * moments[i][j];
      }
      double sigma = Math.sqrt(variance / vectors);
      float estimate = found.get(Statistic.HESSIAN_DIAGONAL)[i];
      assertEquals(moments[i][i], estimate, 3 * sigma);
      assertTrue(Math.abs(moments[i][i] - estimate) > 1e-6, "an estimate is not exact");
      assertEquals(moments[i][i], found.get(Statistic.HESSIAN_DIAGONAL_EXACT)[i], 1e-4);
    }
  }

  @Test
  void theSeedDecidesTheEstimate() {
    Block network = tanh();
    Probe probe = new Probe(network, LOSS, samples(), Map.of(), 1);
    Probe other = new Probe(network, LOSS, probe.batches(), Map.of(), 2);
    float[] estimate = estimate(probe);
    assertArrayEquals(estimate, estimate(probe));
    assertFalse(Arrays.equals(estimate, estimate(other)));
  }

  /** H is symmetric: uᵀ(H v) = vᵀ(H u). */
  @Test
  void theHessianOfARecurrentNetworkIsSymmetricInSinglePrecision() {
    Shape input = new Shape(4, 5, 2);
    Block network = Networks.initialize(Networks.recurrent(), manager, input, 1);
    Probe probe =
        new Probe(network, LOSS, List.of(Networks.classes(manager, input, 2)), Map.of(), 0);
    assertEquals(DataType.FLOAT32, Precision.highest(network));
    try (NetworkCopy copy =
        new NetworkCopy(
            probe,
            new HashSet<>(Networks.weights(network)),
            DataType.FLOAT32,
            MaskedCopies.Change.NONE)) {
      HessianProducts hessian =
          new HessianProducts(copy, BatchLoss.ofEach(probe, DataType.FLOAT32, false, 1));
      double[][] u = noise(copy.zeros(), 3);
      double[][] v = noise(copy.zeros(), 4);
      double uHv = dot(u, hessian.times(v));
      double vHu = dot(v, hessian.times(u));
      assertTrue(Math.abs(uHv) > 1e-2);
      assertEquals(uHv, vHu, 1e-2 * Math.abs(uHv));
    }
  }

  /** Kinks of ReLU and pooling are not met: the product is linear in the vector. */
  @Test
  void productsOfANetworkWithKinksAreLinear() {
    Shape input = new Shape(4, 1, 8, 8);
    Block network = Networks.initialize(Networks.convolution(), manager, input, 1);
    Probe probe =
        new Probe(network, LOSS, List.of(Networks.classes(manager, input, 2)), Map.of(), 0);
    try (NetworkCopy copy =
        new NetworkCopy(
            probe,
            new HashSet<>(Networks.weights(network)),
            DataType.FLOAT64,
            MaskedCopies.Change.NONE)) {
      HessianProducts hessian =
          new HessianProducts(copy, BatchLoss.ofEach(probe, DataType.FLOAT64, true, 1));
      double[][] u = noise(copy.zeros(), 3);
      double[][] v = noise(copy.zeros(), 4);
      double[][] expected = hessian.times(u);
      Vectors.add(expected, 1, hessian.times(v));
      Vectors.add(u, 1, v);
      double[][] error = hessian.times(u);
      Vectors.add(error, -1, expected);
      assertTrue(Vectors.norm(error) < 1e-5 * Vectors.norm(expected));
    }
  }

  @Test
  void anExactDiagonalOfTooManyWeightsIsRefusedWithTheirNumber() {
    Shape input = new Shape(1, 201);
    Block network =
        Networks.initialize(
            new SequentialBlock().add(Linear.builder().setUnits(100).build()), manager, input, 1);
    Probe probe =
        new Probe(network, LOSS, List.of(Networks.classes(manager, input, 2)), Map.of(), 0);
    InvalidInputException refusal =
        assertThrows(
            InvalidInputException.class,
            () ->
                new Curvature()
                    .collect(probe, Set.of(Statistic.HESSIAN_DIAGONAL_EXACT), Set.of(FIRST)));
    assertEquals("hessian_diagonal_exact", refusal.place());
    assertEquals("20100", refusal.found());
    assertThrows(InvalidInputException.class, () -> new Curvature(0));
  }

  private Block tanh() {
    return Networks.initialize(Networks.mlp(Activation.tanhBlock()), manager, ROWS, 1);
  }

  private List<Sample> samples() {
    return List.of(Networks.classes(manager, ROWS, 2), Networks.classes(manager, ROWS, 3));
  }

  /** Measures both weights of an 8-6-3 network, one after the other. */
  private static double[] measure(
      Block network,
      Loss loss,
      List<Sample> samples,
      Map<String, Mask> masks,
      Statistic statistic) {
    Map<String, Map<Statistic, float[]>> found =
        new Curvature()
            .collect(
                new Probe(network, loss, samples, masks, 5),
                Set.of(statistic),
                Set.of(FIRST, SECOND));
    float[] first = found.get(FIRST).get(statistic);
    float[] second = found.get(SECOND).get(statistic);
    double[] all = new double[first.length + second.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < first.length ? first[i] : second[i - first.length];
    }
    return all;
  }

  private static float[] estimate(Probe probe) {
    return new Curvature(2)
        .collect(probe, Set.of(Statistic.HESSIAN_DIAGONAL), Set.of(FIRST))
        .get(FIRST)
        .get(Statistic.HESSIAN_DIAGONAL);
  }

  private static double largestPrediction(
      Block network, List<Sample> samples, Statistic statistic) {
    double[] largest = {0};
    Loss spy =
        new SoftmaxCrossEntropyLoss() {
          @Override
          public NDArray evaluate(NDList label, NDList prediction) {
            for (double value : prediction.head().toDoubleArray()) {
              largest[0] = Math.max(largest[0], Math.abs(value));
            }
            return super.evaluate(label, prediction);
          }
        };
    measure(network, spy, samples, Map.of(), statistic);
    return largest[0];
  }

  private static double[][] noise(double[][] zeros, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (double[] row : zeros) {
      Arrays.setAll(row, i -> random.nextDouble(-1, 1));
    }
    return zeros;
  }

  private static double dot(double[][] a, double[][] b) {
    double sum = 0;
    for (int row = 0; row < a.length; row++) {
      for (int i = 0; i < a[row].length; i++) {
        sum += a[row][i] * b[row][i];
      }
    }
    return sum;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double relativeError(double[] expected, double[] found) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (expected[i] - found[i]) * (expected[i] - found[i]);
      norm += expected[i] * expected[i];
    }
    return Math.sqrt(error / norm);
  }
}
