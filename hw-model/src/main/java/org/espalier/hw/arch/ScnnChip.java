package org.espalier.hw.arch;

/**
 * The parameters of SCNN.
 *
 * @param clockMhz above 0
 * @param elementRows rows of processing elements, at least 1
 * @param elementColumns columns of processing elements, at least 1
 * @param weightLanes non-zero weights that an element takes at once (F), at least 1
 * @param activationLanes non-zero activations that an element takes at once (I), at least 1
 * @param accumulatorBanks of an element (A), at least 1
 * @param accumulators outputs that an element can sum at once, at least 1
 * @param bankQueue products that wait before a bank, at least 1
 * @param activationRamBytes of the chip, for compressed inputs and outputs
 */
public record ScnnChip(
    double clockMhz,
    int elementRows,
    int elementColumns,
    int weightLanes,
    int activationLanes,
    int accumulatorBanks,
    int accumulators,
    int bankQueue,
    long activationRamBytes) {

  /** Bits of a compressed activation: a value and the zeros before it (from memory). */
  public static final int ACTIVATION_BITS = 16 + 4;

  /**
   * A. Parashar et al., "SCNN: An Accelerator for Compressed-sparse Convolutional Neural Networks",
   * ISCA 2017: 8 x 8 elements of 4 x 4 multipliers, 32 banks and 1024 accumulators each
   * (published); 1 GHz and 1 MB of activation memory (from memory). The depth of the queues is our
   * assumption.
   */
  public static final ScnnChip PUBLISHED = new ScnnChip(1000, 8, 8, 4, 4, 32, 1024, 4, 1 << 20);

  /** Checks the ranges. */
  public ScnnChip {
    int least = Math.min(Math.min(elementRows, elementColumns), Math.min(weightLanes, bankQueue));
    least = Math.min(least, Math.min(activationLanes, Math.min(accumulatorBanks, accumulators)));
    if (!(clockMhz > 0) || least < 1 || activationRamBytes < 1) {
      throw new IllegalArgumentException(
          "SCNN has at least one of everything, found "
              + "%s MHz, %d x %d elements, %d x %d lanes, %d banks, %d accumulators, %d queued"
                  .formatted(
                      clockMhz,
                      elementRows,
                      elementColumns,
                      weightLanes,
                      activationLanes,
                      accumulatorBanks,
                      accumulators,
                      bankQueue));
    }
  }

  /** Returns the processing elements. */
  public int elements() {
    return elementRows * elementColumns;
  }

  /** Returns the multipliers of an element. */
  public int multipliers() {
    return weightLanes * activationLanes;
  }
}
