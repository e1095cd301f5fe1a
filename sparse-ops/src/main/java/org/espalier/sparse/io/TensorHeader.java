package org.espalier.sparse.io;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/**
 * What a tensor file says of one tensor before its values are read. Ordered by name, then type and
 * shape: a hash map of comparable keys stays fast even if a file's names are made to collide.
 *
 * @param name unique in its file
 * @param type of the values in the file
 * @param shape extents, each at least 0; none for a single value; not copied
 */
public record TensorHeader(String name, ElementType type, int[] shape)
    implements Comparable<TensorHeader> {

  /** No array is longer on every Java machine. */
  static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private static final Comparator<TensorHeader> ORDER =
      Comparator.comparing(TensorHeader::name)
          .thenComparing(TensorHeader::type)
          .thenComparing(TensorHeader::shape, Arrays::compare);

  /** Refuses extents that no array holds. */
  public TensorHeader {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    long elements = 1;
    for (int extent : shape) {
      elements *= extent;
      if (extent < 0 || elements > MOST_ELEMENTS) {
        throw new IllegalArgumentException(
            "'%s' has the shape %s".formatted(name, Arrays.toString(shape)));
      }
    }
  }

  /** Returns the header of a tensor as it would be written. */
  public static TensorHeader of(Tensor tensor) {
    ElementType type = tensor.type() == Tensor.Type.UINT8 ? ElementType.UINT8 : ElementType.FLOAT32;
    return new TensorHeader(tensor.name(), type, tensor.shape());
  }

  /** Returns the number of values. */
  public int elements() {
    int elements = 1;
    for (int extent : shape) {
      elements *= extent;
    }
    return elements;
  }

  /** Returns the bytes of all values in the file. */
  public long bytes() {
    return (long) elements() * type.bytes();
  }

  /** Returns the bytes of all values in a {@link Tensor}. */
  long heapBytes() {
    return (long) elements() * (type.staysBytes() ? 1 : Float.BYTES);
  }

  @Override
  public int compareTo(TensorHeader other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorHeader header
        && name.equals(header.name)
        && type == header.type
        && Arrays.equals(shape, header.shape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, Arrays.hashCode(shape));
  }

  @Override
  public String toString() {
    return "'" + name + "' " + type.text() + Arrays.toString(shape);
  }
}
