package org.espalier.tribuo.network;

import ai.djl.Model;
import ai.djl.nn.Block;
import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.ImmutableFeatureMap;

/**
 * Any DJL network that a {@link ai.djl.nn.BlockFactory} builds. The factory is called with {@link
 * #arguments} and the argument {@value BlockSource#OUTPUTS}, the number of values that the network
 * must return for an example. Its input has the shape (batch, features), or (batch, channels,
 * height, width) if an image height is set.
 */
public final class BlockFactorySpec implements NetworkSpec {

  @ConfigurableName private String component;

  @Config(mandatory = true, description = "Name of a class that implements ai.djl.nn.BlockFactory.")
  private String factory;

  @Config(description = "What the factory is called with.")
  private Map<String, String> arguments = new HashMap<>();

  @Config(description = "Pixels from top to bottom, if features are pixels; else 0.")
  private int imageHeight;

  @Config(description = "Pixels from left to right, with imageHeight.")
  private int imageWidth;

  @Config(description = "Channels of an image, with imageHeight.")
  private int imageChannels = 1;

  @Config(description = "The number in the name of the first pixel, with imageHeight.")
  private int firstPixel;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private BlockFactorySpec() {}

  /**
   * A network whose input are the features in the order of their ids.
   *
   * @param factory name of a class that implements {@link ai.djl.nn.BlockFactory}
   * @param arguments what it is called with
   * @throws PropertyException if there is no such class
   */
  public BlockFactorySpec(String factory, Map<String, String> arguments) {
    this(factory, arguments, 0, 0, 1);
  }

  /**
   * A network whose input are images.
   *
   * @param factory name of a class that implements {@link ai.djl.nn.BlockFactory}
   * @param arguments what it is called with
   * @param imageHeight pixels; 0 if features are no pixels
   * @param imageWidth pixels
   * @param imageChannels at least 1
   * @throws PropertyException if there is no such class, or a size does not hold
   */
  public BlockFactorySpec(
      String factory,
      Map<String, String> arguments,
      int imageHeight,
      int imageWidth,
      int imageChannels) {
    this.factory = factory;
    this.arguments = new HashMap<>(arguments);
    this.imageHeight = imageHeight;
    this.imageWidth = imageWidth;
    this.imageChannels = imageChannels;
    postConfig();
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    try {
      blockSource().newFactory();
    } catch (InvalidInputException e) {
      throw new PropertyException(e, component, "factory", e.getMessage());
    }
    if (imageHeight < 0 || (imageHeight > 0 && (imageWidth < 1 || imageChannels < 1))) {
      throw new PropertyException(
          component,
          "imageHeight",
          "expected 0, or a height, width and channels of at least 1, found %d, %d and %d"
              .formatted(imageHeight, imageWidth, imageChannels));
    }
  }

  private BlockSource blockSource() {
    return new BlockSource(factory, arguments);
  }

  @Override
  public InputLayout layout(ImmutableFeatureMap features) {
    if (imageHeight == 0) {
      return InputLayout.flat(features);
    }
    int[] shape = {imageChannels, imageHeight, imageWidth};
    return InputLayout.image(shape, firstPixel, features);
  }

  @Override
  public Block newBlock(Model model, int[] input, int outputs) {
    try {
      return blockSource().newBlock(model, outputs);
    } catch (InvalidInputException e) {
      throw new PropertyException(e, component, "arguments", e.getMessage());
    }
  }

  @Override
  public Optional<BlockSource> source() {
    return Optional.of(blockSource());
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "NetworkSpec");
  }
}
