package org.espalier.pruning.structured.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.hw.cpu.Conditions;
import org.espalier.hw.cpu.CpuCalibration;
import org.espalier.hw.cpu.KernelFamily;
import org.espalier.hw.machine.Cpu;
import org.espalier.hw.workload.Gemm;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.ranking.Place;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Times of a processor whose costs are made up: 40 inputs, 48 and 32 units, 10 outputs. */
class CpuLatencyTest {

  private static final int BATCH = 16;

  private static Cpu cpu() {
    List<Double> dense = List.of(100.0, 0.2, 0.05, 0.05, 0.05, 0.1, 0.1, 0.5, 0.5, 0.04);
    List<Double> vector = List.of(500.0, 10.0, 1.5, 0.25, 0.01, 0.03);
    return new Cpu(
        new CpuCalibration(
            Conditions.here("made up"),
            Map.of(KernelFamily.DENSE, dense, KernelFamily.DENSE_VECTOR, vector)));
  }

  private static double us(Cpu cpu, int first, int second) {
    double sum = 0;
    for (Gemm sample :
        List.of(
            new Gemm(first, 40, BATCH),
            new Gemm(second, first, BATCH),
            new Gemm(10, second, BATCH))) {
      sum += cpu.latencyUs(LatencyQuery.dense(sample)).orElseThrow();
    }
    return sum;
  }

  @Test
  void theFewestThatAreFastEnough() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block =
          new SequentialBlock()
              .add(Linear.builder().setUnits(48).build())
              .add(Activation.reluBlock())
              .add(Linear.builder().setUnits(32).build())
              .add(Activation.reluBlock())
              .add(Linear.builder().setUnits(10).build());
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 40));
      StructuredNetwork network = StructuredNetwork.of(block, new Shape(1, 40));
      List<ChannelGroup> groups = network.prunable();
      // Two of the first layer go for one of the second.
      List<Place> order = new ArrayList<>();
      for (int i = 0; i < 72; i++) {
        order.add(i % 3 == 2 ? new Place(1, i / 3) : new Place(0, i - (i + 1) / 3));
      }
      Choice choice = new Choice(network, groups, order, Floor.ONE);
      Cpu cpu = cpu();
      Target target = Target.latency(0.3, cpu, BATCH);
      double all = target.measure().of(new Candidate(network, groups, Selection.empty()));
      assertEquals(us(cpu, 48, 32), all, 1e-9);
      Selection selection = choice.fewest(target.measure(), target.limit(all));
      int gone = selection.count();
      int first = selection.count(groups.get(0));
      int second = selection.count(groups.get(1));
      assertTrue(us(cpu, 48 - first, 32 - second) <= 0.7 * all);
      int lastFirst = gone % 3 == 0 ? 0 : 1;
      assertTrue(us(cpu, 48 - first + lastFirst, 32 - second + 1 - lastFirst) > 0.7 * all);
      assertEquals(gone / 3, second);
    }
  }

  @Test
  void modelsThatDoNotKnowAProductAreRefused() {
    LatencyModel blank = query -> OptionalDouble.empty();
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = new SequentialBlock().add(Linear.builder().setUnits(3).build());
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
      StructuredNetwork network = StructuredNetwork.of(block, new Shape(1, 2));
      Candidate whole = new Candidate(network, List.of(), Selection.empty());
      Latency latency = new Latency(Optional.of(blank), 1);
      InvalidInputException e = assertThrows(InvalidInputException.class, () -> latency.of(whole));
      assertTrue(e.getMessage().contains("01Linear_weight"), e.getMessage());
    }
    assertThrows(InvalidInputException.class, () -> new Latency(Optional.of(blank), 0));
  }
}
