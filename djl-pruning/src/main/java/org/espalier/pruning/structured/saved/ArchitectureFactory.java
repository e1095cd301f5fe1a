package org.espalier.pruning.structured.saved;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import java.nio.file.Path;
import java.util.Map;

/**
 * Builds the block of a saved network from the architecture that lies beside its parameters. DJL
 * finds this class by the {@code serving.properties} in the same folder.
 */
public final class ArchitectureFactory implements BlockFactory {

  private static final long serialVersionUID = 1L;

  @Override
  public Block newBlock(Model model, Path modelPath, Map<String, ?> arguments) {
    return ArchitectureFile.read(modelPath.resolve(SavedNetwork.ARCHITECTURE)).network().block();
  }
}
