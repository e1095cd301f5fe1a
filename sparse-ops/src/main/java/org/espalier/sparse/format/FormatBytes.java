package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * What the matrix view of a tensor takes in each format, counted by the formulas of {@link
 * Footprint} without building any of them: {@code dense}, {@code coo}, {@code csr}, {@code csc},
 * {@code bitmask}; {@code bsr:RxC} where R divides the rows and C the columns, with the blocks that
 * are not wholly zero; {@code 2:4} where no 4 consecutive entries along axis 1 have more than 2
 * non-zeros.
 */
public final class FormatBytes {

  private static final SparsityPattern TWO_OF_FOUR = SparsityPattern.parse("2:4");
  private static final List<BlockShape> BLOCKS =
      List.of(new BlockShape(4, 1), new BlockShape(1, 4), new BlockShape(4, 4));

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
    int count = mask.keptCount();
    Map<String, Long> bytes = new LinkedHashMap<>();
    bytes.put("dense", Footprint.dense(rows, columns).bytes(valueBytes));
    bytes.put("coo", Footprint.coo(rows, columns, count).bytes(valueBytes));
    bytes.put("csr", Footprint.csr(rows, columns, count).bytes(valueBytes));
    bytes.put("csc", Footprint.csc(rows, columns, count).bytes(valueBytes));
    bytes.put("bitmask", Footprint.bitmask(rows, columns, count).bytes(valueBytes));
    for (BlockShape block : BLOCKS) {
      if (rows % block.height() == 0 && columns % block.width() == 0) {
        Footprint blocks = Footprint.bsr(rows, columns, block, livingBlocks(block));
        bytes.put("bsr:" + block, blocks.bytes(valueBytes));
      }
    }
    if (TWO_OF_FOUR.satisfiedBy(mask)) {
      bytes.put("2:4", Footprint.nOfM(rows, columns, 2, 4).bytes(valueBytes));
    }
    return bytes;
  }

  private int livingBlocks(BlockShape shape) {
    int alive = 0;
    boolean[] living = new boolean[columns / shape.width()];
    for (int top = 0; top < rows; top += shape.height()) {
      Arrays.fill(living, false);
      for (int i = top * columns; i < (top + shape.height()) * columns; i++) {
        int block = i % columns / shape.width();
        if (!living[block] && mask.isKept(i)) {
          living[block] = true;
          alive++;
        }
      }
    }
    return alive;
  }
}
