package org.espalier.tribuo.network;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import org.tribuo.ImmutableFeatureMap;

/**
 * A network for images: convolutions, each with an activation and a pooling, then dense layers. The
 * weights are named {@code 01Conv2d_weight}, {@code 04Conv2d_weight}, ..., {@code NNLinear_weight}.
 *
 * <p>The pixel of a feature is the number at the end of its name, as in {@code 000} to {@code 783}
 * of Tribuo's {@code IDXDataSource}; pixels count through channels, rows and columns, in this order
 * from outer to inner.
 */
public final class ConvolutionalNetworkSpec implements NetworkSpec {

  @ConfigurableName private String component;

  @Config(mandatory = true, description = "Pixels from top to bottom.")
  private int imageHeight;

  @Config(mandatory = true, description = "Pixels from left to right.")
  private int imageWidth;

  @Config(description = "Channels of an image.")
  private int imageChannels = 1;

  @Config(description = "The number in the name of the first pixel, 0 or 1 as a rule.")
  private int firstPixel;

  @Config(description = "Filters of each convolution.")
  private int[] filters = {8, 16};

  @Config(description = "Sides of the square kernels, odd; zeros around keep the images' size.")
  private int kernelSize = 3;

  @Config(description = "Sides of the squares that are pooled; 1 for no pooling.")
  private int poolSize = 2;

  @Config(description = "What is taken of a square: MAX or MEAN.")
  private PoolingLayer.Kind pooling = PoolingLayer.Kind.MAX;

  @Config(description = "Units of each dense hidden layer behind the convolutions; may be none.")
  private int[] hiddenUnits = {64};

  @Config(description = "What all hidden layers apply: RELU, SIGMOID or TANH.")
  private ActivationFunction activation = ActivationFunction.RELU;

  @Config(description = "Fraction of dense hidden values that training drops, in [0, 1).")
  private double dropout;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private ConvolutionalNetworkSpec() {}

  /**
   * A network with kernels of 3 x 3, max pooling over 2 x 2 and ReLU.
   *
   * @param imageHeight pixels, at least 1
   * @param imageWidth pixels, at least 1
   * @param imageChannels at least 1
   * @param filters of each convolution, at least one convolution
   * @param hiddenUnits of each dense hidden layer; may be none
   * @throws PropertyException if a figure is out of its range
   */
  public ConvolutionalNetworkSpec(
      int imageHeight, int imageWidth, int imageChannels, int[] filters, int[] hiddenUnits) {
    this.imageHeight = imageHeight;
    this.imageWidth = imageWidth;
    this.imageChannels = imageChannels;
    this.filters = filters.clone();
    this.hiddenUnits = hiddenUnits.clone();
    postConfig();
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    requireAtLeast("imageHeight", imageHeight, 1);
    requireAtLeast("imageWidth", imageWidth, 1);
    requireAtLeast("imageChannels", imageChannels, 1);
    requireAtLeast("firstPixel", firstPixel, 0);
    requireAtLeast("filters", filters.length, 1);
    for (int count : filters) {
      requireAtLeast("filters", count, 1);
    }
    requireAtLeast("kernelSize", kernelSize, 1);
    requireAtLeast("poolSize", poolSize, 1);
    if (kernelSize % 2 == 0) {
      throw new PropertyException(component, "kernelSize", "expected an odd number, as 3 or 5");
    }
    int side = Math.min(imageHeight, imageWidth);
    for (int i = 0; i < filters.length; i++) {
      side /= poolSize;
    }
    if (side < 1) {
      throw new PropertyException(
          component,
          "poolSize",
          "%d poolings leave nothing of images of %d x %d; use fewer convolutions or pool less"
              .formatted(filters.length, imageHeight, imageWidth));
    }
    DenseLayers.require(component, "hiddenUnits", hiddenUnits, dropout);
  }

  private void requireAtLeast(String property, int value, int least) {
    if (value < least) {
      throw new PropertyException(
          component, property, "expected at least " + least + ", found " + value);
    }
  }

  @Override
  public InputLayout layout(ImmutableFeatureMap features) {
    int[] shape = {imageChannels, imageHeight, imageWidth};
    return InputLayout.image(shape, firstPixel, features);
  }

  @Override
  public Block newBlock(Model model, int[] input, int outputs) {
    SequentialBlock network = new SequentialBlock();
    int padding = kernelSize / 2;
    for (int count : filters) {
      network.add(
          Conv2d.builder()
              .setKernelShape(new Shape(kernelSize, kernelSize))
              .optPadding(new Shape(padding, padding))
              .setFilters(count)
              .build());
      network.add(activation.newBlock());
      if (poolSize > 1) {
        network.add(new PoolingBlock(new PoolingLayer(pooling, poolSize)));
      }
    }
    network.add(Blocks.batchFlattenBlock());
    for (int units : hiddenUnits) {
      DenseLayers.addHidden(network, units, false, activation, dropout);
    }
    return network.add(Linear.builder().setUnits(outputs).build());
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "NetworkSpec");
  }
}
