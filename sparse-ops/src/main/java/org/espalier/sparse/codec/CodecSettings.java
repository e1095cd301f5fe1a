package org.espalier.sparse.codec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How {@link Codec} makes a file small. Tensors of rank 2 count as fully connected, those of higher
 * rank as convolutions; biases and other tensors of rank 0 or 1 stay as they are. A name overrules
 * the rank.
 *
 * @param convolution bits for rank 3 and above
 * @param linear bits for rank 2
 * @param named bits by name: of several that match, the first counts
 * @param clustering how shared values are found
 */
public record CodecSettings(
    CodeBits convolution, CodeBits linear, List<NamedBits> named, Clustering clustering) {

  /** Refuses null. */
  public CodecSettings {
    Objects.requireNonNull(convolution, "convolution");
    Objects.requireNonNull(linear, "linear");
    Objects.requireNonNull(clustering, "clustering");
    named = List.copyOf(named);
  }

  /** Settings that go by rank alone. */
  public CodecSettings(CodeBits convolution, CodeBits linear, Clustering clustering) {
    this(convolution, linear, List.of(), clustering);
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
    return new CodecSettings(convolution, bits, named, clustering);
  }

  /** Returns the same settings with other bits for convolutions. */
  public CodecSettings withConvolution(CodeBits bits) {
    return new CodecSettings(bits, linear, named, clustering);
  }

  /** Returns the same settings with another search for shared values. */
  public CodecSettings withClustering(Clustering other) {
    return new CodecSettings(convolution, linear, named, other);
  }

  /** Returns the same settings with other bits by name. */
  public CodecSettings withNamed(List<NamedBits> other) {
    return new CodecSettings(convolution, linear, other, clustering);
  }

  /** Returns the bits for a float32 tensor, or nothing if it stays as it is. */
  public Optional<CodeBits> bitsFor(String name, int[] shape) {
    Optional<CodeBits> byName =
        named.stream().filter(n -> n.names().matches(name)).map(NamedBits::bits).findFirst();
    if (byName.isPresent() || shape.length < 2) {
      return byName;
    }
    return Optional.of(shape.length == 2 ? linear : convolution);
  }
}
