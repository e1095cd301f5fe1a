package org.espalier.pruning.structured.op;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.convolutional.Convolution.ConvolutionBuilder;

/**
 * A convolution over one, two or three axes: weight (filters, channels / groups, kernel), bias
 * (filters); channels are on axis 1.
 *
 * <p>With groups, the same index goes in every group, so that groups stay of equal size; where each
 * group reads one channel (depthwise), a group goes as a whole, with its filters and its channel.
 *
 * @param filters outputs
 * @param kernel extents
 * @param stride per axis
 * @param padding per axis
 * @param dilation per axis
 * @param groups into which channels and filters are cut
 * @param bias whether there is one
 */
public record ConvolutionOp(
    int filters,
    Shape kernel,
    Shape stride,
    Shape padding,
    Shape dilation,
    int groups,
    boolean bias)
    implements Op {

  /** Describes an initialized layer. */
  public static ConvolutionOp of(Block block) {
    Convolution layer = (Convolution) block;
    return new ConvolutionOp(
        layer.getFilters(),
        layer.getKernelShape(),
        layer.getStride(),
        layer.getPadding(),
        layer.getDilation(),
        layer.getGroups(),
        layer.isIncludeBias());
  }

  @Override
  public Block block() {
    return switch (kernel.dimension()) {
      case 1 -> set(Conv1d.builder()).build();
      case 2 -> set(Conv2d.builder()).build();
      default -> set(Conv3d.builder()).build();
    };
  }

  private <T extends ConvolutionBuilder<T>> T set(T builder) {
    builder.setFilters(filters);
    builder.setKernelShape(kernel);
    builder.optStride(stride);
    builder.optPadding(padding);
    builder.optDilation(dilation);
    builder.optGroups(groups);
    builder.optBias(bias);
    return builder;
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Wire read = tracer.onAxis(input, 1);
    int[] outputs = tracer.fresh(filters);
    tracer.bind("weight", 0, outputs);
    if (bias) {
      tracer.bind("bias", 0, outputs);
    }
    int[] channels = read.channels();
    int width = channels.length / groups;
    if (groups > 1 && width == 1) {
      uniteGroups(channels, outputs, tracer);
    } else {
      uniteAcross(channels, tracer);
      uniteAcross(outputs, tracer);
      for (int i = 0; i < width; i++) {
        tracer.bind("weight", 1, i, channels[i]);
      }
    }
    Wire output = new Wire(tracer.outputShape(input.shape()), 1, outputs);
    tracer.uses("weight", output.positions());
    return output;
  }

  /** Filter f reads channel f * groups / filters. */
  private void uniteGroups(int[] channels, int[] outputs, Tracer tracer) {
    int each = filters / groups;
    for (int f = 0; f < filters; f++) {
      tracer.unite(outputs[f], channels[f / each]);
    }
  }

  private void uniteAcross(int[] channels, Tracer tracer) {
    int each = channels.length / groups;
    for (int i = each; i < channels.length; i++) {
      tracer.unite(channels[i], channels[i % each]);
    }
  }

  @Override
  public Op shrink(Cut cut) {
    int left = cut.kept("weight", 0);
    boolean depthwise =
        groups > 1 && cut.block().getDirectParameters().get("weight").getArray().size(1) == 1;
    int leftGroups = depthwise ? left * groups / filters : groups;
    return new ConvolutionOp(left, kernel, stride, padding, dilation, leftGroups, bias);
  }
}
