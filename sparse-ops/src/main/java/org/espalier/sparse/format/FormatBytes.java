package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * What the matrix view of a tensor takes in each format, counted without building any of them. K
 * non-zeros in rows x columns, v bytes per value, w(x) the {@link IndexWidth} for indices up to x:
 *
 * <ul>
 *   <li>{@code dense}: rows columns v
 *   <li>{@code coo}: K (v + w(rows - 1) + w(columns - 1))
 *   <li>{@code csr}: K (v + w(columns - 1)) + (rows + 1) w(K)
 *   <li>{@code csc}: K (v + w(rows - 1)) + (columns + 1) w(K)
 *   <li>{@code bitmask}: K v + ceil(rows columns / 8)
 *   <li>{@code bsr:RxC}, where R divides the rows and C the columns: with B blocks that are not
 *       wholly zero, B (R C v + w(columns / C - 1)) + (rows / R + 1) w(B)
 *   <li>{@code 2:4}, where no 4 consecutive entries along axis 1 have more than 2 non-zeros: half
 *       of the values and 2 bits for each, rows columns v / 2 + rows columns / 8 rounded up
 * </ul>
 *
 * <p>Source: Y. Saad, "Iterative Methods for Sparse Linear Systems", SIAM 2003, section 3.4; for
 * 2:4, A. Mishra et al., "Accelerating Sparse Deep Neural Networks", arXiv:2104.08378, section 3.
 */
public final class FormatBytes {

  private static final SparsityPattern TWO_OF_FOUR = SparsityPattern.parse("2:4");
  private static final int[][] BLOCKS = {{4, 1}, {1, 4}, {4, 4}};

  private final Mask mask;
  private final int rows;
  private final int columns;
  private final int valueBytes;

  private FormatBytes(Mask mask, int valueBytes) {
    int[] shape = mask.shape();
    this.mask = mask;
    this.rows = shape.length == 0 ? 1 : shape[0];
    this.columns = mask.elements() / rows;
    this.valueBytes = valueBytes;
  }

  /**
   * Returns the bytes of every format that fits, by name.
   *
   * @param nonZeros which entries are not zero, with the shape of the tensor
   * @param valueBytes bytes of one value, at least 1
   */
  public static Map<String, Long> of(Mask nonZeros, int valueBytes) {
    if (valueBytes < 1) {
      throw new IllegalArgumentException("a value takes at least 1 byte, found " + valueBytes);
    }
    return new FormatBytes(nonZeros, valueBytes).all();
  }

  private Map<String, Long> all() {
    long elements = mask.elements();
    long count = mask.keptCount();
    int row = IndexWidth.bytesFor(rows - 1);
    int column = IndexWidth.bytesFor(columns - 1);
    int pointer = IndexWidth.bytesFor(mask.keptCount());
    Map<String, Long> bytes = new LinkedHashMap<>();
    bytes.put("dense", elements * valueBytes);
    bytes.put("coo", count * (valueBytes + row + column));
    bytes.put("csr", count * (valueBytes + column) + (rows + 1L) * pointer);
    bytes.put("csc", count * (valueBytes + row) + (columns + 1L) * pointer);
    bytes.put("bitmask", count * valueBytes + (elements + 7) / 8);
    for (int[] block : BLOCKS) {
      if (rows % block[0] == 0 && columns % block[1] == 0) {
        bytes.put("bsr:%dx%d".formatted(block[0], block[1]), blocks(block[0], block[1]));
      }
    }
    if (TWO_OF_FOUR.satisfiedBy(mask)) {
      bytes.put("2:4", elements / 2 * valueBytes + (elements + 7) / 8);
    }
    return bytes;
  }

  private long blocks(int height, int width) {
    int across = columns / width;
    int alive = 0;
    boolean[] living = new boolean[across];
    for (int top = 0; top < rows; top += height) {
      Arrays.fill(living, false);
      for (int i = top * columns; i < (top + height) * columns; i++) {
        int block = i % columns / width;
        if (!living[block] && mask.isKept(i)) {
          living[block] = true;
          alive++;
        }
      }
    }
    long perBlock = (long) height * width * valueBytes + IndexWidth.bytesFor(across - 1);
    return alive * perBlock + (rows / height + 1L) * IndexWidth.bytesFor(alive);
  }
}
