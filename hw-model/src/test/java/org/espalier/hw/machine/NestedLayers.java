package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;

/** Random small layers, each with one more that has zeros wherever it has, and what must hold. */
final class NestedLayers {

  private NestedLayers() {}

  private static LayerShape shape(SplittableRandom random) {
    if (random.nextBoolean()) {
      return new Gemm(1 + random.nextInt(40), 1 + random.nextInt(40), 1 + random.nextInt(20));
    }
    int groups = 1 + random.nextInt(2);
    int kernel = 1 + random.nextInt(3);
    Window window = new Window(kernel, 1 + random.nextInt(2), random.nextInt(kernel));
    ConvolutionShape sizes =
        new ConvolutionShape(
            groups * (1 + random.nextInt(6)),
            kernel + random.nextInt(14),
            kernel + random.nextInt(14),
            groups * (1 + random.nextInt(12)),
            window,
            window,
            groups);
    return new Convolution(sizes, 1 + random.nextInt(2));
  }

  private static Mask mask(int rows, int columns, SplittableRandom random) {
    return Uniform.ofDensity(rows, columns, random.nextDouble()).draw(random.nextLong());
  }

  /** Checks a layer and one with more zeros, and the same layer without zeros. */
  static void check(Machine machine, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LayerShape shape = shape(random);
    Mask weights = mask(shape.weightRows(), shape.weightColumns(), random);
    Mask activations = mask(shape.activationRows(), shape.activationColumns(), random);
    Layer layer =
        Layer.dense("more", shape)
            .withWeights(new Actual(weights))
            .withActivations(new Actual(activations));
    Layer fewer =
        layer
            .withWeights(
                new Actual(weights.and(mask(shape.weightRows(), shape.weightColumns(), random))))
            .withActivations(
                new Actual(
                    activations.and(
                        mask(shape.activationRows(), shape.activationColumns(), random))));
    LayerCost cost = machine.cost(layer);
    LayerCost less = machine.cost(fewer);
    assertTrue(less.time().us() <= cost.time().us(), () -> less.time() + " > " + cost.time());
    assertTrue(cost.time().us() <= cost.dense().us());
    sound(cost);
    sound(less);
    Layer dense =
        layer
            .withWeights(full(shape.weightRows(), shape.weightColumns()))
            .withActivations(full(shape.activationRows(), shape.activationColumns()));
    LayerCost none = machine.cost(dense);
    assertEquals(none.dense().us(), none.time().us());
    assertEquals(none.dense().us(), cost.dense().us());
  }

  private static Occupancy full(int rows, int columns) {
    return new Actual(Mask.dense(rows, columns));
  }

  /** Checks what holds of every cost, whatever the layer. */
  static void sound(LayerCost cost) {
    assertTrue(cost.time().theoreticalUs() <= cost.time().us() * (1 + 1e-9));
    for (Breakdown parts : new Breakdown[] {cost.energyPj(), cost.bytes()}) {
      double sum = parts.parts().values().stream().mapToDouble(Double::doubleValue).sum();
      assertEquals(sum, parts.total(), 1e-12 * sum);
    }
    assertTrue(cost.balance().loadBalance() <= 1);
    assertTrue(cost.balance().utilization() <= cost.balance().loadBalance() + 1e-9);
  }
}
