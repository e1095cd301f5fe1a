package org.espalier.pruning.structured.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which channels a convolution ties together, counted by hand. */
class ConvolutionOpTest {

  private static final Shape IMAGES = new Shape(1, 6, 5, 5);

  private final ChannelLedger ledger = new ChannelLedger();
  private final int[] inputs = ledger.fresh(6);

  private Wire traced(int filters, int groups, NDManager manager) {
    Block block =
        Conv2d.builder()
            .setKernelShape(new Shape(3, 3))
            .setFilters(filters)
            .optGroups(groups)
            .build();
    block.initialize(manager, DataType.FLOAT32, IMAGES);
    Op op = ConvolutionOp.of(block);
    Wire output = op.trace(new Wire(IMAGES, 1, inputs), new Tracer(ledger, block));
    List<Slice> first = ledger.sets().get(ledger.find(output.channels()[0]));
    shrunk = (ConvolutionOp) op.shrink(new Cut(block, first));
    return output;
  }

  private ConvolutionOp shrunk;

  private Set<Integer> sets(int[] channels) {
    return java.util.Arrays.stream(channels).map(ledger::find).boxed().collect(Collectors.toSet());
  }

  @Test
  void withoutGroupsEachFilterGoesAlone() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Wire output = traced(4, 1, manager);
      assertEquals(new Shape(1, 4, 3, 3), output.shape());
      assertEquals(4, sets(output.channels()).size());
      assertEquals(6, sets(inputs).size());
      assertEquals(3, shrunk.filters());
      assertEquals(9L, ledger.uses().get("weight"));
    }
  }

  /** Two groups of 3 channels and 4 filters: channels 0 and 3, filters 0 and 4 go together. */
  @Test
  void groupsStayOfEqualSize() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Wire output = traced(8, 2, manager);
      assertEquals(3, sets(inputs).size());
      assertEquals(ledger.find(inputs[0]), ledger.find(inputs[3]));
      assertEquals(4, sets(output.channels()).size());
      assertEquals(ledger.find(output.channels()[0]), ledger.find(output.channels()[4]));
      assertEquals(6, shrunk.filters());
      assertEquals(2, shrunk.groups());
    }
  }

  /** Depthwise with two filters for each channel: both go with it, and the group too. */
  @Test
  void depthwiseGroupsGoAsAWhole() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Wire output = traced(12, 6, manager);
      assertEquals(6, sets(output.channels()).size());
      assertEquals(ledger.find(inputs[2]), ledger.find(output.channels()[4]));
      assertEquals(ledger.find(inputs[2]), ledger.find(output.channels()[5]));
      assertEquals(10, shrunk.filters());
      assertEquals(5, shrunk.groups());
    }
  }
}
