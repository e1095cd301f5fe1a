package org.espalier.hw.arch;

import java.util.Objects;

/**
 * The accelerator EIE: elements with weights of their own in SRAM, to which non-zero activations
 * are broadcast.
 *
 * @param pes processing elements, at least 1
 * @param queueDepth activations that wait before an element, the one at work included, at least 1
 * @param clockMhz above 0
 * @param indexBits of the run of zeros before an entry, 1 to 8; an entry takes 8 bits in all
 * @param actRegistersPerPe inputs, and as many outputs, that an element holds at a time, at least 1
 * @param spmatBytesPerPe SRAM of an element for entries, one byte each, at least 1
 * @param pointersPerPe SRAM of an element for column pointers of 2 bytes, at least 1
 * @param entriesPerRead entries of one read of the weight SRAM, at least 1
 * @param energy of an element
 */
public record EieArchitecture(
    int pes,
    int queueDepth,
    double clockMhz,
    int indexBits,
    int actRegistersPerPe,
    int spmatBytesPerPe,
    int pointersPerPe,
    int entriesPerRead,
    BroadcastEnergy energy) {

  /**
   * The published machine: S. Han et al., "EIE: Efficient Inference Engine on Compressed Deep
   * Neural Network", ISCA 2016, sections 4 to 6 and Table II. 64 elements at 800 MHz, queues of 8,
   * 128 KB of weights and 32 KB of pointers each (so 16 384 pointers of 16 bits), two files of 64
   * activation registers, 64-bit reads.
   */
  public static final EieArchitecture PUBLISHED =
      new EieArchitecture(64, 8, 800, 4, 64, 128 * 1024, 16 * 1024, 8, BroadcastEnergy.EIE);

  /** Checks the ranges. */
  public EieArchitecture {
    Objects.requireNonNull(energy, "energy");
    if (pes < 1 || queueDepth < 1 || actRegistersPerPe < 1 || entriesPerRead < 1) {
      throw new IllegalArgumentException(
          "sizes must be at least 1: %d elements, depth %d, %d registers, %d entries a read"
              .formatted(pes, queueDepth, actRegistersPerPe, entriesPerRead));
    }
    if (spmatBytesPerPe < 1 || pointersPerPe < 1 || indexBits < 1 || indexBits > 8) {
      throw new IllegalArgumentException(
          "out of range: %d bytes, %d pointers, %d bits"
              .formatted(spmatBytesPerPe, pointersPerPe, indexBits));
    }
    if (!(clockMhz > 0) || Double.isInfinite(clockMhz)) {
      throw new IllegalArgumentException("no clock: " + clockMhz + " MHz");
    }
  }

  /**
   * Returns this machine with another number of elements. Together they hold as many activations as
   * before, rounded up; SRAM is per element. The paper does not say what its sweep keeps; with 64
   * registers on each, a machine of few elements would do little but load them, while the paper
   * finds speed nearly linear and padding to fall with the number of elements.
   */
  public EieArchitecture withPes(int other) {
    long activations = (long) actRegistersPerPe * pes;
    return new EieArchitecture(
        other,
        queueDepth,
        clockMhz,
        indexBits,
        (int) Math.min(Integer.MAX_VALUE, (activations - 1) / Math.max(1, other) + 1),
        spmatBytesPerPe,
        pointersPerPe,
        entriesPerRead,
        energy);
  }

  /** Returns this machine with queues of another depth. */
  public EieArchitecture withQueueDepth(int other) {
    return new EieArchitecture(
        pes,
        other,
        clockMhz,
        indexBits,
        actRegistersPerPe,
        spmatBytesPerPe,
        pointersPerPe,
        entriesPerRead,
        energy);
  }

  /** Returns this machine at another clock. */
  public EieArchitecture withClockMhz(double other) {
    return new EieArchitecture(
        pes,
        queueDepth,
        other,
        indexBits,
        actRegistersPerPe,
        spmatBytesPerPe,
        pointersPerPe,
        entriesPerRead,
        energy);
  }

  /** Returns this machine with runs of other bits. */
  public EieArchitecture withIndexBits(int other) {
    return new EieArchitecture(
        pes,
        queueDepth,
        clockMhz,
        other,
        actRegistersPerPe,
        spmatBytesPerPe,
        pointersPerPe,
        entriesPerRead,
        energy);
  }
}
