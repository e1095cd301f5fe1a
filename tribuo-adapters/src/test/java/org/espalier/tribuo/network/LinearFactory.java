package org.espalier.tribuo.network;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.Map;

/** A single linear layer, without a sequence around it. */
public final class LinearFactory implements BlockFactory {

  private static final long serialVersionUID = 1L;

  @Override
  public Block newBlock(Model model, Path path, Map<String, ?> arguments) {
    return Linear.builder().setUnits((Integer) arguments.get(BlockSource.OUTPUTS)).build();
  }
}
