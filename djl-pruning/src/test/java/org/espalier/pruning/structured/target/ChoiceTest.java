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
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.espalier.hw.cost.LatencyModel;
import org.espalier.hw.workload.Gemm;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.ranking.Place;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network of 4 inputs, 10 and 6 units, 3 outputs: parameters 50 + 66 + 21 = 137. */
class ChoiceTest {

  private NDManager manager;
  private StructuredNetwork network;
  private List<ChannelGroup> groups;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(10).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(6).build())
            .add(Activation.reluBlock())
            .add(Linear.builder().setUnits(3).build());
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
    network = StructuredNetwork.of(block, new Shape(1, 4));
    groups = network.prunable();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** First all units of the first layer go, then those of the second. */
  private Choice choice(Floor floor) {
    List<Place> order = new ArrayList<>();
    for (int group = 0; group < 2; group++) {
      for (int channel = 0; channel < groups.get(group).size(); channel++) {
        order.add(new Place(group, channel));
      }
    }
    return new Choice(network, groups, order, floor);
  }

  private static BigDecimal limit(long value) {
    return BigDecimal.valueOf(value);
  }

  /** A unit of the first layer has 4 + 1 + 6 = 11 parameters: 137 - 3 * 11 = 104. */
  @Test
  void asFewAsTheLimitAllows() {
    assertEquals(3, choice(Floor.ONE).fewest(Count.PARAMETERS, limit(104)).count());
    assertEquals(4, choice(Floor.ONE).fewest(Count.PARAMETERS, limit(103)).count());
    assertEquals(0, choice(Floor.ONE).fewest(Count.PARAMETERS, limit(137)).count());
    assertEquals(5, choice(Floor.ONE).fewest(Count.CHANNELS, limit(11)).count());
  }

  /** FLOPs 2 (40 + 60 + 18) = 236; a unit of the first layer has 2 (4 + 6) = 20. */
  @Test
  void operations() {
    assertEquals(236, network.size().flops());
    assertEquals(5, choice(Floor.ONE).fewest(Count.FLOPS, limit(136)).count());
    assertEquals(6, choice(Floor.ONE).fewest(Count.FLOPS, limit(135)).count());
  }

  /** The first layer keeps its last unit; the ranking goes on with the second. */
  @Test
  void theFloorHolds() {
    Selection selection = choice(Floor.ONE).fewest(Count.CHANNELS, limit(5));
    assertEquals(9, selection.count(groups.get(0)));
    assertEquals(2, selection.count(groups.get(1)));
    assertTrue(selection.contains(groups.get(1), 1) && !selection.contains(groups.get(1), 2));
    Selection three = choice(new Floor(3, 1)).fewest(Count.CHANNELS, limit(6));
    assertEquals(7, three.count(groups.get(0)));
    assertEquals(3, three.count(groups.get(1)));
  }

  /** Multiples of 4: the first layer may have 4, 8 or 10 units, the second 4 or 6. */
  @Test
  void multiples() {
    Floor fours = new Floor(1, 4);
    assertEquals(2, choice(fours).fewest(Count.CHANNELS, limit(15)).count());
    assertEquals(2, choice(fours).fewest(Count.CHANNELS, limit(14)).count());
    Selection six = choice(fours).fewest(Count.CHANNELS, limit(13));
    assertEquals(6, six.count(groups.get(0)));
    assertEquals(0, six.count(groups.get(1)));
    Selection all = choice(fours).fewest(Count.CHANNELS, limit(8));
    assertEquals(6, all.count(groups.get(0)));
    assertEquals(2, all.count(groups.get(1)));
  }

  /** One unit each: 5 + 2 + 6 = 13 parameters. */
  @Test
  void refusesWhatCannotBeReachedNamingTheLeast() {
    assertEquals(14, choice(Floor.ONE).fewest(Count.PARAMETERS, limit(13)).count());
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> choice(Floor.ONE).fewest(Count.PARAMETERS, limit(12)));
    assertTrue(
        e.getMessage().contains("with at least 1 of each group, the least is 13 parameters"),
        e.getMessage());
  }

  /** A model that says a nanosecond for each multiplication: half the FLOPs, in thousandths. */
  @Test
  void latency() {
    LatencyModel model =
        query -> {
          Gemm product = query.product();
          return OptionalDouble.of(1e-3 * product.m() * product.k() * product.n());
        };
    Target target = Target.latency(0.5, model, 2);
    Candidate whole = new Candidate(network, groups, Selection.empty());
    assertEquals(0.236, target.measure().of(whole), 1e-12);
    // 59 of 118 multiplications for an example: 118 - 6 * 10 = 58.
    BigDecimal limit = target.limit(target.measure().of(whole));
    assertEquals(6, choice(Floor.ONE).fewest(target.measure(), limit).count());
  }

  @Test
  void productsOfConvolutions() {
    Block block =
        new SequentialBlock()
            .add(convolution(8, 1, 1))
            .add(convolution(8, 3, 8))
            .add(convolution(4, 3, 2))
            .add(convolution(2, 1, 1));
    Shape input = new Shape(1, 3, 6, 5);
    block.initialize(manager, DataType.FLOAT32, input);
    StructuredNetwork images = StructuredNetwork.of(block, input);
    ChannelGroup first = images.prunable().get(0);
    // The grouped convolution unites channels c and c + 4: the first group has 4 pairs.
    assertEquals(4, first.size());
    Selection selection = Selection.empty().with(first, 1);
    List<Products> products = Products.of(new Candidate(images, images.prunable(), selection));
    // 6 of 8 filters are left; 6 x 5 positions, 4 x 3 behind each 3 x 3.
    assertEquals(new Gemm(6, 3, 30), products.get(0).product());
    assertEquals(new Gemm(1, 9, 12), products.get(1).product());
    assertEquals(6, products.get(1).times());
    assertEquals(new Gemm(2, 27, 2), products.get(2).product());
    assertEquals(2, products.get(2).times());
    long macs =
        products.stream()
            .mapToLong(p -> (long) p.times() * p.product().m() * p.product().k() * p.product().n())
            .sum();
    assertEquals(images.size(selection).flops(), 2 * macs);
  }

  private static Block convolution(int filters, int kernel, int convolutionGroups) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(kernel, kernel))
        .optGroups(convolutionGroups)
        .build();
  }
}
