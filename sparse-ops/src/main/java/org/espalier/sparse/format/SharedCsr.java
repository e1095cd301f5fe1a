package org.espalier.sparse.format;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.sparse.InvalidInputException;

/**
 * Compressed sparse rows whose entries share at most 256 values: each entry is a code of one byte,
 * which a codebook turns into a float. So a pruned weight takes a byte and its column. Immutable.
 *
 * <p>Weights that went through the codec with up to 8 bits share values already, and {@link
 * #of(Csr)} finds these without loss. Others are rounded to 8 bits by {@link #linear}.
 *
 * <p>Sources: shared weights: Han, Mao and Dally, "Deep Compression", ICLR 2016, section 3. Linear
 * codes: B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", CVPR 2018, equation 1 with the zero point 0.
 */
public final class SharedCsr {

  /** The most values that entries share. */
  public static final int MOST_VALUES = 1 << Byte.SIZE;

  /** Linear codes go from minus to plus this. */
  private static final int LINEAR = 127;

  private static final Invariants INVARIANTS = new Invariants("sparse rows of shared values");

  private final int rows;
  private final int columns;
  private final int[] rowPointers;
  private final int[] columnIndices;
  private final byte[] codes;
  private final float[] codebook;

  /** Unchecked; takes the positions of a matrix, not its values. */
  private SharedCsr(Csr positions, byte[] codes, float[] codebook) {
    this.rows = positions.rows();
    this.columns = positions.columns();
    this.rowPointers = positions.rowPointers();
    this.columnIndices = positions.columnIndices();
    this.codes = codes;
    this.codebook = codebook;
  }

  /**
   * Names the values that a matrix has. What comes back from {@link #toCsr} has the same bits.
   *
   * @throws InvalidInputException if there are more than 256 different ones
   */
  public static SharedCsr of(Csr matrix) {
    float[] values = matrix.values();
    // By their bits: -0 and NaN come back as they were.
    int[] known = new int[MOST_VALUES];
    int count = 0;
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      int at = Arrays.binarySearch(known, 0, count, bits);
      if (at < 0) {
        if (count == MOST_VALUES) {
          throw new InvalidInputException(
              "shared values",
              "at most " + MOST_VALUES + " different ones",
              "more",
              "share them first, by the codec with up to 8 bits or by SharedCsr.linear");
        }
        System.arraycopy(known, -at - 1, known, -at, count + at + 1);
        known[-at - 1] = bits;
        count++;
      }
    }
    byte[] codes = new byte[values.length];
    for (int i = 0; i < codes.length; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      codes[i] = (byte) Arrays.binarySearch(known, 0, count, bits);
    }
    float[] codebook = new float[count];
    for (int i = 0; i < count; i++) {
      codebook[i] = Float.intBitsToFloat(known[i]);
    }
    return new SharedCsr(matrix, codes, codebook);
  }

  /**
   * Rounds the values to multiples of s = max |value| / 127, from -127 s to 127 s, half away from
   * zero: no value moves by more than s / 2, apart from the rounding to float32.
   *
   * @throws InvalidInputException if a value is not finite
   */
  public static SharedCsr linear(Csr matrix) {
    double largest = 0;
    for (int i = 0; i < matrix.nonZeros(); i++) {
      float value = matrix.values()[i];
      if (!Float.isFinite(value)) {
        throw new InvalidInputException(
            "entry " + i, "a finite weight", value + "", "repair the weight, or keep float32");
      }
      largest = Math.max(largest, Math.abs(value));
    }
    double scale = largest / LINEAR;
    float[] codebook = new float[2 * LINEAR + 1];
    for (int i = 0; i < codebook.length; i++) {
      codebook[i] = (float) ((i - LINEAR) * scale);
    }
    byte[] codes = new byte[matrix.nonZeros()];
    for (int i = 0; i < codes.length; i++) {
      double steps = scale == 0 ? 0 : matrix.values()[i] / scale;
      codes[i] = (byte) (LINEAR + (int) Math.copySign(Math.floor(Math.abs(steps) + 0.5), steps));
    }
    return new SharedCsr(matrix, codes, codebook);
  }

  /**
   * Takes over the arrays of a matrix after checking them.
   *
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   * @param rowPointers rows + 1 values, from 0 up to the number of entries
   * @param columnIndices one per entry, ascending within a row
   * @param codes one per entry, unsigned, below the length of the codebook
   * @param codebook what the codes stand for, at most 256 values
   * @throws InvalidInputException if an invariant does not hold
   */
  public static SharedCsr of(
      int rows,
      int columns,
      int[] rowPointers,
      int[] columnIndices,
      byte[] codes,
      float[] codebook) {
    Objects.requireNonNull(codes, "codes");
    Objects.requireNonNull(codebook, "codebook");
    INVARIANTS.require(
        codebook.length <= MOST_VALUES,
        "codebook",
        "at most " + MOST_VALUES + " values",
        codebook.length);
    for (int i = 0; i < codes.length; i++) {
      int code = Byte.toUnsignedInt(codes[i]);
      INVARIANTS.require(
          code < codebook.length, "entry " + i, "a code in [0, " + codebook.length + ")", code);
    }
    float[] values = decoded(codes, codebook);
    Csr positions = Csr.of(rows, columns, rowPointers, columnIndices, values);
    return new SharedCsr(positions, codes, codebook);
  }

  private static float[] decoded(byte[] codes, float[] codebook) {
    float[] values = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      values[i] = codebook[Byte.toUnsignedInt(codes[i])];
    }
    return values;
  }

  /** Returns the number of rows, at least 0. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns, at least 0. */
  public int columns() {
    return columns;
  }

  /** Returns the number of entries; one that is stored counts even if its value is zero. */
  public int nonZeros() {
    return codes.length;
  }

  /** Returns the live array, rows + 1 long: kernels read it, nobody writes it. */
  public int[] rowPointers() {
    return rowPointers;
  }

  /** Returns the live array, one per entry: kernels read it, nobody writes it. */
  public int[] columnIndices() {
    return columnIndices;
  }

  /** Returns the live array, one unsigned code per entry: kernels read it, nobody writes it. */
  public byte[] codes() {
    return codes;
  }

  /** Returns the live array of what the codes stand for: kernels read it, nobody writes it. */
  public float[] codebook() {
    return codebook;
  }

  /** Returns the same matrix with a float per entry; the positions are shared. */
  public Csr toCsr() {
    return new Csr(rows, columns, rowPointers, columnIndices, decoded(codes, codebook));
  }

  /** Returns the bytes of codes, codebook and the smallest indices that hold the positions. */
  public long bytes() {
    return Footprint.csr(rows, columns, nonZeros()).bytes(1) + (long) Float.BYTES * codebook.length;
  }

  @Override
  public String toString() {
    return "SharedCsr[%d x %d] stores %d of %d values"
        .formatted(rows, columns, nonZeros(), codebook.length);
  }
}
