package org.espalier.sparse.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * A sparse matrix laid out for {@link GroupKernel}: rows in groups of one to four that share the
 * loads of X, columns in blocks whose rows of X stay in the first-level cache. Immutable.
 *
 * <p>Within a block, a group's entries (the columns in which any of its rows is not zero) are
 * sorted by which of its rows have them: first those of all rows, in the end those of single rows.
 * So a loop over one such pattern knows its rows, and each row of X is loaded once for a group. A
 * {@linkplain Kind#BLOCKS4 full} kind has one pattern only, all rows, and stores zeros for rows
 * that lack an entry.
 *
 * <p>Blocking for the cache as in Goto, van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, ACM TOMS 34(3), 2008; register blocking of sparse rows as in Vuduc, Automatic
 * Performance Tuning of Sparse Matrix Kernels, PhD thesis, Berkeley, 2003.
 */
public final class RowGroups {

  /** How many rows form a group, and which of them an entry may lack. */
  public enum Kind {
    /** Single rows. */
    GROUPS1(1, false),
    /** Pairs: loops for both rows, the first, the second. */
    GROUPS2(2, false),
    /** Three rows, seven loops. */
    GROUPS3(3, false),
    /** Four rows that have all entries in common: blocks of 4 x 1, or a dense matrix. */
    BLOCKS4(4, true);

    private final int height;
    private final int[] patterns;

    Kind(int height, boolean full) {
      this.height = height;
      int all = (1 << height) - 1;
      this.patterns =
          full
              ? new int[] {all}
              : java.util.stream.IntStream.rangeClosed(1, all)
                  .boxed()
                  // Stable: within a size, ascending as numbers.
                  .sorted((a, b) -> Integer.bitCount(b) - Integer.bitCount(a))
                  .mapToInt(Integer::intValue)
                  .toArray();
    }

    /** Returns the rows of a group. */
    public int height() {
      return height;
    }

    /** Returns how many loops there are. */
    public int patternCount() {
      return patterns.length;
    }

    /** Returns the rows of a loop as a set of bits. */
    public int pattern(int index) {
      return patterns[index];
    }
  }

  /**
   * The entries of all groups within a range of columns. Arrays are shared: do not write.
   *
   * @param firstColumn first column of the matrix in the block
   * @param depth columns of the block, at most 65536
   * @param rows {@code height} rows of the matrix per group; where rows run out, the group's first
   *     row stands again, without entries
   * @param counts entries per group and pattern
   * @param columns column of each entry, counted from {@code firstColumn}
   * @param values of each entry, one value per row of its pattern; where there are codes, the
   *     values that they stand for, 256 of them
   * @param codes of each entry, one unsigned code per row of its pattern; null if {@code values}
   *     are those of the entries
   * @param entryStarts first entry of each group, and the number of entries
   * @param valueStarts first value of each group, and the number of values
   */
  public record Block(
      int firstColumn,
      int depth,
      int[] rows,
      int[] counts,
      char[] columns,
      float[] values,
      byte[] codes,
      int[] entryStarts,
      int[] valueStarts) {

    /** Returns the first entry of a group. */
    public int firstEntry(int group) {
      return entryStarts[group];
    }

    /** Returns the first value of a group. */
    public int firstValue(int group) {
      return valueStarts[group];
    }

    /** Returns the number of values of all entries. */
    public int valueCount() {
      return valueStarts[valueStarts.length - 1];
    }

    /** Returns the same entries with codes for the values that stand in {@code codebook}. */
    Block withCodes(float[] codebook, byte[] coded) {
      return new Block(
          firstColumn, depth, rows, counts, columns, codebook, coded, entryStarts, valueStarts);
    }

    /** Returns value {@code index} of the entries. */
    float value(int index) {
      return codes == null ? values[index] : values[codes[index] & CODES - 1];
    }
  }

  /** Values that codes of 8 bits stand for: kernels look them up without a check. */
  static final int CODES = 1 << Byte.SIZE;

  private final Kind kind;
  private final int rows;
  private final int columns;
  private final int[] chunkRows;
  private final int[] chunkGroups;
  private final List<Block> blocks;
  private final long values;
  private final int deepest;

  RowGroups(Kind kind, int rows, int columns, int[] chunkRows, int[] chunkGroups, List<Block> all) {
    this.kind = kind;
    this.rows = rows;
    this.columns = columns;
    this.chunkRows = chunkRows;
    this.chunkGroups = chunkGroups;
    this.blocks = List.copyOf(all);
    this.deepest = all.stream().mapToInt(Block::depth).max().orElse(0);
    this.values = all.stream().mapToLong(Block::valueCount).sum();
  }

  /** Returns the kind of groups. */
  public Kind kind() {
    return kind;
  }

  /** Returns the rows of the matrix. */
  public int rows() {
    return rows;
  }

  /** Returns the columns of the matrix. */
  public int columns() {
    return columns;
  }

  /** Returns the stored values, filled-in zeros included. */
  public long values() {
    return values;
  }

  /** Returns the blocks of columns, from left to right; at least one. */
  public List<Block> blocks() {
    return blocks;
  }

  /** Returns the same rows and chunks with other blocks. */
  RowGroups withBlocks(List<Block> others) {
    return new RowGroups(kind, rows, columns, chunkRows, chunkGroups, others);
  }

  /** Returns the columns of the deepest block. */
  int deepest() {
    return deepest;
  }

  /** Returns how many chunks of consecutive rows there are: the units that threads share. */
  int chunks() {
    return chunkRows.length - 1;
  }

  /** Returns the first row of a chunk; of chunk {@link #chunks}, the number of rows. */
  int chunkRow(int chunk) {
    return chunkRows[chunk];
  }

  /** Returns the first group of a chunk, in every block; of the last plus one, their number. */
  int chunkGroup(int chunk) {
    return chunkGroups[chunk];
  }

  /** Returns the values of the chunks before this one, over all blocks, plus one per row. */
  long workBefore(int chunk) {
    long work = chunkRows[chunk];
    for (Block block : blocks) {
      work += block.valueStarts()[chunkGroups[chunk]];
    }
    return work;
  }

  /** Returns whether the values are codes. */
  public boolean coded() {
    return blocks.get(0).codes() != null;
  }

  /** Returns the bytes of the arrays; blocks share the values that codes stand for. */
  public long bytes() {
    long bytes = 4L * (chunkRows.length + chunkGroups.length) + (coded() ? 4L * CODES : 0);
    for (Block block : blocks) {
      bytes +=
          2L * block.columns().length
              + (coded() ? 1L : 4L) * block.valueCount()
              + 4L * block.rows().length
              + 4L * block.counts().length
              + 8L * block.entryStarts().length;
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "%s of %d x %d, %d blocks of up to %d columns, %d chunks %s"
        .formatted(
            kind, rows, columns, blocks.size(), deepest, chunks(), Arrays.toString(chunkRows));
  }
}
