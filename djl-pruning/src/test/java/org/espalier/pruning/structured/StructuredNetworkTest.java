package org.espalier.pruning.structured;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import org.espalier.pruning.report.GroupGraph;
import org.espalier.pruning.structured.ChannelGroup.Member;
import org.espalier.pruning.structured.op.ActivationOp;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StructuredNetworkTest {

  private static final Shape IMAGES = new Shape(1, 2, 4, 4);

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private static Conv2d convolution(int filters) {
    return Conv2d.builder()
        .setKernelShape(new Shape(3, 3))
        .setFilters(filters)
        .optPadding(new Shape(1, 1))
        .build();
  }

  /** 2 channels, 3 filters + norm, flattened to 3 x 16 features, 5 classes. */
  private Block chain() {
    return initialized(
        new SequentialBlock()
            .add(convolution(3))
            .add(BatchNorm.builder().build())
            .add(Activation::relu)
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(5).build()));
  }

  private Block initialized(Block block) {
    block.initialize(manager, DataType.FLOAT32, IMAGES);
    return block;
  }

  @Test
  void oneChannelReachesThroughNormAndFlatten() {
    StructuredNetwork network = StructuredNetwork.of(chain(), IMAGES);
    assertEquals(1, network.prunable().size());
    ChannelGroup group = network.prunable().get(0);
    assertEquals(3, group.size());
    assertEquals("01Conv2d_weight", group.name());
    assertArrayEquals(new int[] {1}, group.indices(1, new Member("02BatchNorm_runningVar", 0)));
    int[] features = group.indices(1, new Member("05Linear_weight", 1));
    assertEquals(16, features.length);
    assertEquals(16, features[0]);
    assertEquals(31, features[15]);
    assertTrue(
        network.table().contains("05Linear_weight"), "the table names what reads the channels");
    assertTrue(network.table().contains("16-31"), network.table());
  }

  /** Weights 3*2*9 + 3, norm 4*3, linear 5*48 + 5; products 54 at 16 positions and 240. */
  @Test
  void sizesByHand() {
    StructuredNetwork network = StructuredNetwork.of(chain(), IMAGES);
    assertEquals(new NetworkSize(54 + 3 + 12 + 240 + 5, 2 * (54 * 16 + 240)), network.size());
    Selection one = Selection.empty().with(network.prunable().get(0), 0);
    assertEquals(new NetworkSize(36 + 2 + 8 + 160 + 5, 2 * (36 * 16 + 160)), network.size(one));
  }

  /** The shortcut is the first layer itself: all that is added to it goes with it. */
  @Test
  void additionTiesLayersTogether() {
    Block residual =
        new ParallelBlock(
            list -> new NDList(list.get(0).singletonOrThrow().add(list.get(1).singletonOrThrow())),
            List.of(
                new SequentialBlock().add(convolution(6)).add(convolution(4)),
                Blocks.identityBlock()));
    Block block =
        initialized(new SequentialBlock().add(convolution(4)).add(residual).add(convolution(2)));
    StructuredNetwork network = StructuredNetwork.of(block, IMAGES);
    assertEquals(List.of(4, 6), network.prunable().stream().map(ChannelGroup::size).toList());
    GroupGraph graph =
        GroupGraphs.of(network, Selection.empty().with(network.prunable().get(0), 0, 3));
    assertEquals(
        List.of("01Conv2d", "02.01.01Conv2d", "02.01.02Conv2d", "03Conv2d"),
        graph.layers().stream().map(GroupGraph.LayerNode::name).toList());
    GroupGraph.Group tied =
        graph.groups().stream().filter(g -> g.writers().contains(0)).findFirst().orElseThrow();
    assertEquals(List.of(0, 2), tied.writers());
    assertEquals(List.of(1, 3), tied.readers());
    assertEquals(2, tied.kept());
  }

  @Test
  void inputAndOutputStay() {
    StructuredNetwork network = StructuredNetwork.of(chain(), IMAGES);
    List<ChannelGroup> stay = network.groups().stream().filter(g -> !g.prunable()).toList();
    assertEquals(2, stay.size());
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> Selection.empty().with(stay.get(1), 0));
    assertTrue(refused.getMessage().contains("output"), refused.getMessage());
  }

  @Test
  void groupIsNotEmptied() {
    ChannelGroup group = StructuredNetwork.of(chain(), IMAGES).prunable().get(0);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> Selection.empty().with(group, 0, 1, 2));
    assertTrue(refused.getMessage().contains("all 3"), refused.getMessage());
  }

  @Test
  void sharedParametersAreRefused() {
    Linear shared = Linear.builder().setUnits(4).build();
    Block block = new SequentialBlock().add(shared).add(shared);
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
    InvalidInputException refused =
        assertThrows(
            InvalidInputException.class, () -> StructuredNetwork.of(block, new Shape(1, 4)));
    assertTrue(refused.getMessage().contains("share"), refused.getMessage());
  }

  private Block strange(String name) {
    return initialized(
        new SequentialBlock()
            .add(convolution(3))
            .add(LambdaBlock.singleton(array -> array.mul(3).sin(), name))
            .add(convolution(1)));
  }

  /** A name is no proof, and what nobody knows is not guessed. */
  @Test
  void unknownFunctionsAreRefusedWhateverTheirName() {
    for (String name : List.of("anonymous", "ReLU")) {
      Block block = strange(name);
      InvalidInputException refused =
          assertThrows(InvalidInputException.class, () -> StructuredNetwork.of(block, IMAGES));
      assertTrue(refused.getMessage().startsWith("02LambdaBlock:"), refused.getMessage());
      assertTrue(refused.getMessage().contains("Hints"), refused.getMessage());
    }
  }

  @Test
  void wrongHintIsFound() {
    Block block = strange("anonymous");
    Hints hints = Hints.none().with("02LambdaBlock", ActivationOp.of(ActivationOp.Kind.TANH));
    assertThrows(InvalidInputException.class, () -> StructuredNetwork.of(block, IMAGES, hints));
  }

  @Test
  void theNetworkIsLeftAsItIs() {
    Block block = chain();
    NDArray input = manager.ones(IMAGES);
    float[] before = Networks.run(block, input, manager);
    StructuredNetwork network = StructuredNetwork.of(block, IMAGES);
    network.without(Selection.empty().with(network.prunable().get(0), 2)).clear();
    assertArrayEquals(before, Networks.run(block, input, manager));
  }
}
