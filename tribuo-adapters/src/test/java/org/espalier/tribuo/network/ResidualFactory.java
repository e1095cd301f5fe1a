package org.espalier.tribuo.network;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A network with a sum of two ways, which no list of layers describes. */
public final class ResidualFactory implements BlockFactory {

  private static final long serialVersionUID = 1L;

  @Override
  public Block newBlock(Model model, Path path, Map<String, ?> arguments) {
    int units = Integer.parseInt(arguments.get("units").toString());
    return new SequentialBlock()
        .add(Linear.builder().setUnits(units).build())
        .add(Activation.reluBlock())
        .add(
            new ParallelBlock(
                ways -> new NDList(ways.get(0).singletonOrThrow().add(ways.get(1).head())),
                List.of(Linear.builder().setUnits(units).build(), Blocks.identityBlock())))
        .add(Linear.builder().setUnits((Integer) arguments.get(BlockSource.OUTPUTS)).build());
  }
}
