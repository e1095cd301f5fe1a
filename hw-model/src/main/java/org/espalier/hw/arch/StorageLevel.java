package org.espalier.hw.arch;

/**
 * A memory of an accelerator.
 *
 * @param memory its name, capacity, and bandwidth
 * @param pjPerByte energy of a byte read or written, at least 0
 */
public record StorageLevel(MemoryLevel memory, double pjPerByte) {

  /** Checks the range. */
  public StorageLevel {
    if (!(pjPerByte >= 0) || Double.isInfinite(pjPerByte)) {
      throw new IllegalArgumentException(memory + " takes " + pjPerByte + " pJ a byte");
    }
  }
}
