package org.espalier.hw.arch;

import java.util.List;
import java.util.Objects;
import org.espalier.sparse.pattern.NofM;

/**
 * An array of multipliers that select the activations of N:M weights.
 *
 * @param name that the command line uses
 * @param macs multipliers, at least 1
 * @param operandWordsPerCycle activations that the register file delivers to all selectors in a
 *     cycle, at least {@code macs}: a group of M weights needs all of its M activations
 * @param patterns that the selectors know, from dense to sparse
 * @param clockMhz above 0
 */
public record NmArrayArchitecture(
    String name, int macs, double operandWordsPerCycle, List<NofM> patterns, double clockMhz) {

  /** Checks the ranges. */
  public NmArrayArchitecture {
    Objects.requireNonNull(name, "name");
    patterns = List.copyOf(patterns);
    if (macs < 1 || !(operandWordsPerCycle >= macs) || !(clockMhz > 0) || patterns.isEmpty()) {
      throw new IllegalArgumentException(
          "no array: %d multipliers, %s words per cycle, %s MHz, patterns %s"
              .formatted(macs, operandWordsPerCycle, clockMhz, patterns));
    }
  }

  /**
   * Returns the array of the case study of Y. N. Wu et al., "Sparseloop", MICRO 2022: 1024
   * multipliers whose register file was made for 2:4, so that it delivers two activations per
   * multiplier and cycle; its selectors also know 2:6 and 2:8. The clock is that of an A100.
   */
  public static NmArrayArchitecture sparseTensorCore() {
    int macs = 1024;
    List<NofM> patterns = List.of(new NofM(2, 4), new NofM(2, 6), new NofM(2, 8));
    return new NmArrayArchitecture("nm-array", macs, 2.0 * macs, patterns, 1410);
  }
}
