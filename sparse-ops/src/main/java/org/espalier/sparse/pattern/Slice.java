package org.espalier.sparse.pattern;

import java.util.Locale;
import java.util.Optional;
import org.espalier.sparse.mask.Mask;

/**
 * Slices of a weight along its own axes, zero or kept as one, from fine to coarse.
 *
 * <p>Source: H. Mao et al., "Exploring the Granularity of Sparsity in Convolutional Neural
 * Networks", CVPR workshops 2017, figure 2; channels: H. Li et al., "Pruning Filters for Efficient
 * ConvNets", ICLR 2017; input channels: Y. He, X. Zhang, J. Sun, "Channel Pruning for Accelerating
 * Very Deep Neural Networks", ICCV 2017.
 */
public enum Slice implements Tiled {
  /** One row of a 2-D kernel, [o, i, r, :]. */
  VECTOR("rank 4 (output, input, row, column)") {
    @Override
    public Tiling tiling(int[] shape) {
      return Tiling.runs(shape[0] * shape[1] * shape[2], shape[3]);
    }
  },

  /** One 2-D kernel, [o, i, :, :]. */
  KERNEL("rank 4 (output, input, row, column)") {
    @Override
    public Tiling tiling(int[] shape) {
      return Tiling.kernels(shape);
    }
  },

  /** All weights into one output, [o, ...]: a filter of a convolution, a neuron. */
  CHANNEL("rank 1 or more") {
    @Override
    public Tiling tiling(int[] shape) {
      return Tiling.runs(shape[0], Mask.elements(shape) / shape[0]);
    }
  },

  /**
   * All weights that read one input, [:, i, ...]; in a grouped convolution the i-th input of every
   * group.
   */
  INPUT_CHANNEL("rank 2 or more") {
    @Override
    public Tiling tiling(int[] shape) {
      return Tiling.slicesOfAxis1(shape, shape[1]);
    }
  };

  private final String needs;

  Slice(String needs) {
    this.needs = needs;
  }

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Optional<String> misfit(int[] shape) {
    boolean fits =
        switch (this) {
          case VECTOR, KERNEL -> shape.length == 4;
          case CHANNEL -> shape.length >= 1;
          case INPUT_CHANNEL -> shape.length >= 2;
        };
    return fits ? Optional.empty() : Optional.of(needs);
  }
}
