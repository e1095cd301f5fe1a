package org.espalier.hw.arch;

/**
 * A processing element of Eyeriss v2. Its scratchpads hold entries: a value with the count of zeros
 * before it; address vectors beside them say where columns begin (CSC).
 *
 * @param clockMhz above 0
 * @param macs multiply-adds per cycle, at least 1
 * @param activationSpad of input activations
 * @param weightSpad of weights
 * @param psumSpad of partial sums
 * @param macPj energy of a multiply-add
 */
public record EyerissV2Pe(
    double clockMhz, int macs, Spad activationSpad, Spad weightSpad, Spad psumSpad, double macPj) {

  /**
   * A scratchpad.
   *
   * @param entries that it holds, at least 1
   * @param entryBits of value and count, at least 1
   * @param addressBits of a column's place in it; 0 where nothing is compressed
   * @param accessPj energy of an access to a value
   * @param metadataPj energy of an access to the count and address of a value
   */
  public record Spad(
      int entries, int entryBits, int addressBits, double accessPj, double metadataPj) {

    /** Checks the ranges. */
    public Spad {
      if (entries < 1 || entryBits < 1 || addressBits < 0 || !(accessPj >= 0 && metadataPj >= 0)) {
        throw new IllegalArgumentException(
            "no scratchpad: %d entries of %d bits, addresses of %d, %s and %s pJ"
                .formatted(entries, entryBits, addressBits, accessPj, metadataPj));
      }
    }
  }

  /**
   * The element that Sparseloop validates: one multiplier (the chip has two per element).
   *
   * <p>Sources. Y.-H. Chen, T.-J. Yang, J. Emer, V. Sze, "Eyeriss v2: A Flexible Accelerator for
   * Emerging Deep Neural Networks on Mobile Devices", IEEE JETCAS 9(2), 2019: activations 16 x 12
   * bit, addresses of 4 and 7 bit (published); weights 96 words of 24 bit, two entries each, 32
   * partial sums of 20 bit, 200 MHz (from memory). Energy, 45 nm: the table of Y. N. Wu et al.,
   * "Sparseloop", MICRO 2022, artifact.
   */
  public static final EyerissV2Pe PUBLISHED =
      new EyerissV2Pe(
          200,
          1,
          new Spad(16, 12, 4, 0.130, 0.149),
          new Spad(192, 12, 7, 0.477, 0.884),
          new Spad(32, 20, 0, 0.167, 0),
          0.561);

  /** Checks the ranges. */
  public EyerissV2Pe {
    if (!(clockMhz > 0) || macs < 1 || !(macPj >= 0)) {
      throw new IllegalArgumentException(
          "no element: %s MHz, %d multipliers, %s pJ".formatted(clockMhz, macs, macPj));
    }
  }
}
