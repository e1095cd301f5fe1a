package org.espalier.sparse.codec;

import java.util.Objects;
import java.util.Optional;

/**
 * How {@link Codec} makes a file small. Tensors of rank 2 count as fully connected, those of higher
 * rank as convolutions; biases and other tensors of rank 0 or 1 stay as they are.
 *
 * @param convolution bits for rank 3 and above
 * @param linear bits for rank 2
 * @param clustering how shared values are found
 */
public record CodecSettings(CodeBits convolution, CodeBits linear, Clustering clustering) {

  /** Refuses null. */
  public CodecSettings {
    Objects.requireNonNull(convolution, "convolution");
    Objects.requireNonNull(linear, "linear");
    Objects.requireNonNull(clustering, "clustering");
  }

  /**
   * Returns the paper's usual choice: 8 bits for weights and positions of convolutions, 5 for fully
   * connected layers (Han, Mao and Dally, ICLR 2016, sections 2 and 5).
   */
  public static CodecSettings defaults() {
    return new CodecSettings(new CodeBits(8, 8), new CodeBits(5, 5), Clustering.defaults());
  }

  /** Returns the same settings with other bits for fully connected layers. */
  public CodecSettings withLinear(CodeBits bits) {
    return new CodecSettings(convolution, bits, clustering);
  }

  /** Returns the same settings with other bits for convolutions. */
  public CodecSettings withConvolution(CodeBits bits) {
    return new CodecSettings(bits, linear, clustering);
  }

  /** Returns the same settings with another search for shared values. */
  public CodecSettings withClustering(Clustering other) {
    return new CodecSettings(convolution, linear, other);
  }

  /** Returns the bits for float32 tensors of this shape, or nothing if they stay as they are. */
  public Optional<CodeBits> bitsFor(int[] shape) {
    if (shape.length < 2) {
      return Optional.empty();
    }
    return Optional.of(shape.length == 2 ? linear : convolution);
  }
}
