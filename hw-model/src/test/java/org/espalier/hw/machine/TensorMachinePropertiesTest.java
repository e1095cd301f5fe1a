package org.espalier.hw.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Convolution;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.LayerShape;
import org.espalier.sparse.kernel.ConvolutionShape;
import org.espalier.sparse.kernel.Window;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.NofM;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/** What holds for every layer on each of the machines with tensor cores. */
class TensorMachinePropertiesTest {

  private static final List<Machine> MACHINES =
      List.of("a100", "a100-pcie", "h100-pcie", "h100-sxm", "dstc", "nm-array").stream()
          .map(name -> Machines.named(name, MachineOptions.DEFAULT))
          .toList();

  private static final double ROUNDING = 1 + 1e-12;

  @Property(tries = 100, seed = "11")
  void moreZerosNeverCostMore(@ForAll long seed, @ForAll @IntRange(min = 0, max = 10) int tenths) {
    SplittableRandom random = new SplittableRandom(seed);
    LayerShape shape = shape(random);
    Layer full = masks(shape, tenths / 10.0, random);
    Layer part =
        full.withWeights(fewer((Actual) full.weights(), random))
            .withActivations(fewer((Actual) full.activations(), random));
    for (Machine machine : MACHINES) {
      double most = machine.cost(full).time().us();
      assertTrue(machine.cost(part).time().us() <= most * ROUNDING, machine.name());
    }
  }

  @Property(tries = 50, seed = "12")
  void moreZerosWithinTwoOfFourNeverCostMore(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Gemm shape = new Gemm(1 + random.nextInt(300), 4 * (1 + random.nextInt(80)), 40);
    NofM pattern = new NofM(2, 4);
    Layer model = Layer.dense("fc", shape).withType(DataType.FP16).withWeights(pattern, 0.5);
    Layer full = model.withWeights(new Actual(model.weights().draw(seed)));
    Layer part = full.withWeights(fewer((Actual) full.weights(), random));
    for (Machine machine : MACHINES) {
      double most = machine.cost(full).time().us();
      assertTrue(machine.cost(part).time().us() <= most * ROUNDING, machine.name());
      if (!machine.name().equals("dstc")) {
        assertEquals(machine.cost(model).time(), machine.cost(full).time(), machine.name());
      }
    }
  }

  @Property(tries = 50, seed = "13")
  void layersWithoutZerosTakeTheDenseTime(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Layer full = masks(shape(random), 1, random);
    for (Machine machine : MACHINES) {
      LayerCost cost = machine.cost(full);
      assertEquals(cost.dense().us(), cost.time().us(), 1e-9 * cost.dense().us(), machine.name());
      assertEquals(cost.dense(), machine.cost(full.dense()).time(), machine.name());
    }
  }

  @Property(tries = 100, seed = "14")
  void figuresAreInRange(@ForAll long seed, @ForAll @IntRange(min = 0, max = 10) int tenths) {
    SplittableRandom random = new SplittableRandom(seed);
    Layer drawn = masks(shape(random), tenths / 10.0, random);
    Layer model =
        Layer.dense("model", drawn.shape())
            .withType(DataType.INT8)
            .withWeights(Unstructured.INSTANCE, tenths / 10.0)
            .withActivations(0.5);
    for (Layer layer : List.of(drawn, model)) {
      for (Machine machine : MACHINES) {
        LayerCost cost = machine.cost(layer);
        double sum = 0;
        for (double part : cost.energyPj().parts().values()) {
          assertTrue(part >= 0 && Double.isFinite(part), machine.name());
          sum += part;
        }
        assertEquals(sum, cost.energyPj().total());
        Balance balance = cost.balance();
        for (double share :
            new double[] {balance.loadBalance(), balance.staticBalance(), balance.utilization()}) {
          assertTrue(share >= 0 && share <= ROUNDING, machine.name() + " " + balance);
        }
        assertTrue(cost.time().theoreticalUs() <= cost.time().us() * ROUNDING, machine.name());
        assertEquals(cost.verdict().gain(), cost.speedup() >= 1.05, cost.verdict().toString());
      }
    }
  }

  private static LayerShape shape(SplittableRandom random) {
    if (random.nextBoolean()) {
      return new Gemm(1 + random.nextInt(100), 1 + random.nextInt(60), 1 + random.nextInt(100));
    }
    int groups = 1 + random.nextInt(2);
    return new Convolution(
        new ConvolutionShape(
            groups * (1 + random.nextInt(6)),
            3 + random.nextInt(6),
            3 + random.nextInt(6),
            groups * (1 + random.nextInt(40)),
            new Window(3, 1 + random.nextInt(2), random.nextInt(2)),
            new Window(3, 1, 1),
            groups),
        1 + random.nextInt(2));
  }

  private static Layer masks(LayerShape shape, double density, SplittableRandom random) {
    DataType[] types = {DataType.FP16, DataType.BF16, DataType.INT8, DataType.TF32};
    SparsityPattern pattern = Unstructured.INSTANCE;
    return new Layer(
        "drawn",
        shape,
        types[random.nextInt(types.length)],
        pattern,
        mask(shape.weightRows(), shape.weightColumns(), density, random),
        mask(shape.activationRows(), shape.activationColumns(), density, random));
  }

  private static Actual mask(int rows, int columns, double density, SplittableRandom random) {
    byte[] bytes = new byte[rows * columns];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextDouble() < density ? 1 : 0);
    }
    return new Actual(Mask.ofBytes(bytes, rows, columns));
  }

  private static Actual fewer(Actual actual, SplittableRandom random) {
    Actual other = mask(actual.rows(), actual.columns(), 0.7, random);
    return new Actual(actual.mask().and(other.mask()));
  }
}
