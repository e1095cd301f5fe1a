package org.espalier.pruning.structured.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.List;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Hints;
import org.espalier.pruning.structured.Input;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.Transformers;
import org.espalier.pruning.structured.saved.Architecture;
import org.espalier.pruning.structured.saved.ArchitectureFile;
import org.espalier.pruning.structured.target.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One call on a network with three inputs of integers. */
class PrunedTransformerTest {

  /** Two layers of 4 heads and 10 hidden units: 28 channels, of which half stay. */
  @Test
  void losesHeadsAndHiddenUnits(@TempDir Path folder) throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block bert = Transformers.bert(4, 2);
      Shape ids = new Shape(2, Transformers.POSITIONS);
      bert.initialize(manager, DataType.FLOAT32, ids, ids, ids);
      Transformers.fill(bert, 3, manager);
      PrunedNetwork pruned =
          StructuredPruning.by(StructuredRecipe.of(Target.channels(0.5)))
              .prune(bert, Transformers.bertInputs(2));
      assertEquals(14, pruned.removed());
      assertEquals(14, pruned.groups().stream().mapToInt(PrunedNetwork.Group::after).sum());
      NDList data = Transformers.bertData(2, 8, manager);
      float[] expected = outputs(pruned.block(), data, manager);
      pruned.save(folder, "bert");
      try (ZooModel<NDList, NDList> loaded =
          Criteria.builder()
              .setTypes(NDList.class, NDList.class)
              .optModelPath(folder)
              .build()
              .loadModel()) {
        assertArrayEquals(expected, outputs(loaded.getBlock(), data, manager), 1e-6f);
        // What the folder says is enough to go on.
        Architecture saved = ArchitectureFile.read(folder.resolve("architecture.json"));
        assertEquals(14, channels(saved.network(loaded.getBlock())));
        List<DataDesc> inputs = saved.inputs().stream().map(Input::desc).toList();
        assertEquals(14, channels(StructuredNetwork.of(loaded.getBlock(), inputs, Hints.none())));
      }
      pruned.block().clear();
      bert.clear();
    }
  }

  private static int channels(StructuredNetwork network) {
    return network.prunable().stream().mapToInt(ChannelGroup::size).sum();
  }

  private static float[] outputs(Block block, NDList data, NDManager manager) {
    NDList outputs = block.forward(new ParameterStore(manager, false), data, false);
    return outputs.get(1).toFloatArray();
  }
}
