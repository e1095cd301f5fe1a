package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.PerChannel;
import org.espalier.hw.workload.Structured;
import org.espalier.hw.workload.Transposed;
import org.espalier.hw.workload.Uniform;
import org.junit.jupiter.api.Test;

class QueueEstimateTest {

  private static final int DRAWS = 500;

  private static double between(SplittableRandom random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  /**
   * 500 machines and layers, log-uniform over density .02 to 1, rows 64 to 8192, columns 256 to
   * 8192, elements 1 to 256, depth 1 to 64, activation density .1 to 1 (the largest are left out
   * for time). The constants of the formula were fitted on other seeds.
   */
  @Test
  void agreesWithTheSimulation() {
    SplittableRandom random = new SplittableRandom(2024);
    double[] errors = new double[DRAWS];
    for (int i = 0; i < DRAWS; ) {
      double density = between(random, 0.02, 1);
      int rows = (int) between(random, 64, 8192);
      int columns = (int) between(random, 256, 8192);
      int elements = (int) between(random, 1, 257);
      int depth = (int) between(random, 1, 65);
      double active = between(random, 0.1, 1);
      if (density * rows * columns * active > 3e5) {
        continue;
      }
      int registers = random.nextBoolean() ? 64 : 4095 / elements + 1;
      QueueSetup setup =
          new QueueSetup(elements, depth, registers, registers * elements, 4, 2 * registers);
      Layer layer =
          Layer.dense("draw", new Gemm(rows, columns, 1))
              .withWeights(Uniform.ofDensity(rows, columns, density))
              .withActivations(active);
      double exact = QueueSimulation.run(layer, setup, i).cycles();
      errors[i++] = Math.abs(QueueEstimate.run(layer, setup).cycles() / exact - 1);
    }
    Arrays.sort(errors);
    assertTrue(errors[DRAWS / 2] <= 0.01, "median error " + errors[DRAWS / 2]);
    assertTrue(errors[DRAWS * 95 / 100] <= 0.04, "95th percentile " + errors[DRAWS * 95 / 100]);
    assertTrue(errors[DRAWS - 1] <= 0.12, "maximum " + errors[DRAWS - 1]);
  }

  /** Also where the zeros are not uniform, and with several samples. */
  @Test
  void knowsTheOtherModels() {
    QueueSetup setup = new QueueSetup(16, 4, 32, 512, 4, 64);
    int rows = 640;
    int columns = 1000;
    double[] densities = new double[rows];
    Arrays.setAll(densities, row -> row % 16 == 3 ? 0.5 : 0.05 + 0.2 * row / rows);
    double[] inputs = new double[columns];
    Arrays.setAll(inputs, column -> column % 3 == 0 ? 0.5 : 0.1);
    Occupancy channels = PerChannel.ofDensities(columns, densities);
    Occupancy[] weights = {
      channels,
      new Transposed(PerChannel.ofDensities(rows, inputs)),
      new Structured(rows, columns, 2, 4),
      new Actual(channels.draw(1)),
      Actual.banded(rows, columns, 100)
    };
    for (Occupancy each : weights) {
      Layer layer =
          Layer.dense("fc", new Gemm(rows, columns, 3)).withWeights(each).withActivations(0.4);
      QueueTotals exact = QueueSimulation.run(layer, setup, 5);
      QueueTotals estimate = QueueEstimate.run(layer, setup);
      assertEquals(1, estimate.cycles() / exact.cycles(), 0.08, each.toString());
      assertEquals(1, estimate.entries() / exact.entries(), 0.08, each.toString());
      assertEquals(exact.batches(), estimate.batches());
    }
  }

  @Test
  void denseLayersAreExact() {
    QueueSetup setup = new QueueSetup(16, 4, 32, 512, 4, 64);
    Layer layer = Layer.dense("fc", new Gemm(530, 700, 2));
    QueueTotals simulated = QueueSimulation.run(layer, setup, 1);
    // Batches of 512 and 18 rows: 32 and 2 cycles a column; two batches of columns each.
    assertEquals(2 * (700 * 34 + 4 * 64), simulated.cycles());
    assertEquals(simulated, QueueEstimate.dense(layer, setup));
    assertEquals(simulated.cycles(), QueueEstimate.run(layer, setup).cycles(), 1e-6);
  }
}
