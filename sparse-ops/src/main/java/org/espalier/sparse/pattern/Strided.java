package org.espalier.sparse.pattern;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/**
 * Intra-kernel strided sparsity: of each 2-D kernel the positions p (row-major in the kernel) with
 * p mod S = offset live. The offset belongs to an input channel (axis 1) and is the same for all
 * kernels that read it, so that a lowered convolution drops whole columns. A unit is a weight.
 *
 * <p>The offset of a channel is the one with the largest total score over all its kernels, summed
 * in row-major order; ties keep the lowest offset. (The paper searches offsets with a particle
 * filter, by the network's loss.) The sparsity is always 1 - 1/S: a gradual schedule reaches it in
 * its first step.
 *
 * <p>Source: S. Anwar, K. Hwang, W. Sung, "Structured Pruning of Deep Convolutional Neural
 * Networks", ACM JETC 13(3), 2017 (arXiv 1512.08571), section 3.3.
 *
 * @param stride S, at least 2
 */
public record Strided(int stride) implements SparsityPattern {

  /** Refuses strides below 2, which would keep everything. */
  public Strided {
    if (stride < 2) {
      throw new InvalidInputException(
          "pattern",
          "strided:S with S of at least 2: one of S positions is KEPT",
          "'strided:" + stride + "'",
          "write for example strided:3");
    }
  }

  @Override
  public String text() {
    return "strided:" + stride;
  }

  @Override
  public Optional<String> misfit(int[] shape) {
    return shape.length == 4 && (long) shape[2] * shape[3] % stride == 0
        ? Optional.empty()
        : Optional.of("rank 4 and a multiple of %d weights in each 2-D kernel".formatted(stride));
  }

  @Override
  public OptionalDouble fixedSparsity() {
    return OptionalDouble.of(1 - 1d / stride);
  }

  /** Returns one S-th of the weights, whatever the sparsity. */
  @Override
  public int kept(double sparsity, int[] shape) {
    return units(shape) / stride;
  }

  @Override
  public Mask best(Scores unitScores, int[] shape, int kept) {
    if (kept != kept(0, shape)) {
      throw new IllegalArgumentException(
          "kept must be " + kept(0, shape) + " for " + text() + ", found " + kept);
    }
    int[] offsets = offsets(unitScores, shape);
    long[] words = new long[Mask.wordCount(units(shape))];
    int area = shape[2] * shape[3];
    for (int kernel = 0; kernel < shape[0] * shape[1]; kernel++) {
      int end = (kernel + 1) * area;
      for (int i = kernel * area + offsets[kernel % shape[1]]; i < end; i += stride) {
        words[i >> 6] |= 1L << i;
      }
    }
    return Mask.ofWords(shape, words);
  }

  private int[] offsets(Scores scores, int[] shape) {
    int channels = shape[1];
    Total[][] totals = new Total[channels][stride];
    for (Total[] channel : totals) {
      Arrays.setAll(channel, offset -> new Total());
    }
    int steps = shape[2] * shape[3] / stride;
    int i = 0;
    for (int kernel = 0; kernel < shape[0] * channels; kernel++) {
      Total[] channel = totals[kernel % channels];
      for (int step = 0; step < steps; step++) {
        for (int offset = 0; offset < stride; offset++) {
          channel[offset].add(scores.at(i++));
        }
      }
    }
    return Arrays.stream(totals).mapToInt(Total::firstLargest).toArray();
  }

  /** Returns whether the kernels of each input channel live only at the positions of one offset. */
  @Override
  public boolean satisfiedBy(Mask mask) {
    int[] shape = mask.shape();
    if (misfit(shape).isPresent()) {
      return false;
    }
    int area = shape[2] * shape[3];
    int[] offsets = new int[shape[1]];
    Arrays.fill(offsets, -1);
    for (int i = 0; i < mask.elements(); i++) {
      if (mask.isKept(i)) {
        int channel = i / area % shape[1];
        int offset = i % area % stride;
        if (offsets[channel] >= 0 && offsets[channel] != offset) {
          return false;
        }
        offsets[channel] = offset;
      }
    }
    return true;
  }
}
