package org.espalier.sparse.format;

/**
 * What a matrix takes in a format: how many values, and how many bits for everything else. The one
 * place of the formulas, for the formats themselves, for {@link FormatBytes} and for {@link
 * BreakEven}. K entries in rows x columns, w(x) the bytes of an index up to x by {@link
 * IndexWidth}, ceil where a division leaves a rest:
 *
 * <ul>
 *   <li>dense: rows columns values
 *   <li>COO: K values; K (w(rows - 1) + w(columns - 1)) bytes
 *   <li>CSR: K values; K w(columns - 1) + (rows + 1) w(K) bytes; CSC with rows and columns swapped
 *   <li>bitmask: K values; rows columns bits
 *   <li>BSR of R x C with B blocks: B R C values; B w(columns / C - 1) + (rows / R + 1) w(B) bytes
 *   <li>N:M: rows (columns / M) N values, ceil(log2 M) bits for each
 *   <li>relative index, E entries (padding included) with b bits each over P processing elements,
 *       of which the fullest has F: E values; E b bits and P (columns + 1) w(F) bytes
 * </ul>
 *
 * <p>Source: Y. Saad, "Iterative Methods for Sparse Linear Systems", SIAM 2003, section 3.4; for
 * N:M, A. Mishra et al., "Accelerating Sparse Deep Neural Networks", arXiv:2104.08378, section 3;
 * for relative indices, S. Han et al., "EIE: Efficient Inference Engine on Compressed Deep Neural
 * Network", ISCA 2016, section 3.
 *
 * @param values stored values, fill included, at least 0
 * @param metadataBits bits of all that is not a value, at least 0
 */
public record Footprint(long values, long metadataBits) {

  /** Refuses negative numbers. */
  public Footprint {
    if (values < 0 || metadataBits < 0) {
      throw new IllegalArgumentException(
          "a footprint is not negative, found %d values and %d bits"
              .formatted(values, metadataBits));
    }
  }

  /**
   * Returns the bytes with values of {@code valueBytes}; metadata round up to whole bytes.
   *
   * @param valueBytes at least 1
   */
  public long bytes(int valueBytes) {
    if (valueBytes < 1) {
      throw new IllegalArgumentException("a value takes at least 1 byte, found " + valueBytes);
    }
    return values * valueBytes + ceil(metadataBits, Byte.SIZE);
  }

  /**
   * Returns the bits with values of {@code valueBits}, such as the 4 of a code book of 16.
   *
   * @param valueBits at least 1
   */
  public long bits(int valueBits) {
    if (valueBits < 1) {
      throw new IllegalArgumentException("a value takes at least 1 bit, found " + valueBits);
    }
    return values * valueBits + metadataBits;
  }

  static Footprint dense(int rows, int columns) {
    return new Footprint((long) rows * columns, 0);
  }

  static Footprint coo(int rows, int columns, long entries) {
    return ofBytes(entries, entries * (width(rows - 1L) + width(columns - 1L)));
  }

  static Footprint csr(int rows, int columns, long entries) {
    return ofBytes(entries, entries * width(columns - 1L) + (rows + 1L) * width(entries));
  }

  static Footprint csc(int rows, int columns, long entries) {
    return csr(columns, rows, entries);
  }

  static Footprint bitmask(int rows, int columns, long entries) {
    return new Footprint(entries, (long) rows * columns);
  }

  /** Of blocks of {@code shape.height() x shape.width()}. */
  static Footprint bsr(int rows, int columns, BlockShape shape, long blocks) {
    long across = ceil(columns, shape.width());
    long down = ceil(rows, shape.height());
    return ofBytes(blocks * shape.area(), blocks * width(across - 1) + (down + 1) * width(blocks));
  }

  static Footprint nOfM(int rows, int columns, int keep, int group) {
    long values = rows * ceil(columns, group) * keep;
    return new Footprint(values, values * IndexWidth.bitsFor(group));
  }

  /**
   * Of relative indices.
   *
   * @param fullest entries of the processing element that has most
   */
  static Footprint relative(int columns, int elements, int indexBits, long entries, long fullest) {
    long pointers = elements * (columns + 1L);
    return new Footprint(entries, entries * indexBits + Byte.SIZE * pointers * width(fullest));
  }

  static long ceil(long dividend, long divisor) {
    return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
  }

  private static long width(long largest) {
    return IndexWidth.bytesFor(largest);
  }

  private static Footprint ofBytes(long values, long metadataBytes) {
    return new Footprint(values, Byte.SIZE * metadataBytes);
  }
}
