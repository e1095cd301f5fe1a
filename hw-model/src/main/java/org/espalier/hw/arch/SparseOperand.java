package org.espalier.hw.arch;

/**
 * The form of the sparse operand of tensor cores, which is the weight: {@code keep} of each {@code
 * group} consecutive weights along the inputs. Smaller products are padded to multiples.
 *
 * @param keep weights that live in a group, at least 1
 * @param group weights of a group, above {@code keep}
 * @param rowMultiple what the outputs are padded to
 * @param inputMultiple what the inputs are padded to
 * @param sampleMultiple what the columns of the activations are padded to
 */
public record SparseOperand(
    int keep, int group, int rowMultiple, int inputMultiple, int sampleMultiple) {

  private static final int METADATA_BITS = 2; // a kept value's place in its group

  /** Checks the ranges. */
  public SparseOperand {
    if (keep < 1 || group <= keep || Math.min(rowMultiple, inputMultiple) < 1) {
      throw new IllegalArgumentException("no sparse operand: %d:%d".formatted(keep, group));
    }
    if (sampleMultiple < 1) {
      throw new IllegalArgumentException("padded to multiples of " + sampleMultiple);
    }
  }

  /** Returns the pattern as users write it. */
  public String text() {
    return keep + ":" + group;
  }

  /**
   * Returns compressed size / dense size, metadata included: 9/16 for 2:4 of 16 bits, 10/16 of 8.
   *
   * @param bits of a value, at least 1
   */
  public double compressedShare(int bits) {
    return (double) keep * (bits + METADATA_BITS) / ((double) group * bits);
  }

  /** Returns {@code size} rounded up to a multiple. */
  public static long padded(int size, int multiple) {
    return ((long) size + multiple - 1) / multiple * multiple;
  }
}
