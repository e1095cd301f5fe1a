package org.espalier.experiments.structured;

import java.util.Locale;
import org.espalier.pruning.structured.NetworkSize;

/**
 * What came out of one network.
 *
 * @param variant name of what became of it
 * @param seed of the training
 * @param removed accuracy on the test set after the last removal, before any fine-tuning that
 *     follows it, in [0, 1]
 * @param accuracy on the test set at the end, in [0, 1]
 * @param size of what is left
 * @param time of a batch, relative to the dense network's in the same run
 */
record FashionResult(
    String variant, long seed, double removed, double accuracy, NetworkSize size, double time) {

  /** Returns the line of a file. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s %d %s %s %d %d %s%n",
        variant,
        seed,
        removed,
        accuracy,
        size.parameters(),
        size.flops(),
        time);
  }

  /** Reads what {@link #line} wrote. */
  static FashionResult parse(String line) {
    String[] fields = line.trim().split(" ");
    return new FashionResult(
        fields[0],
        Long.parseLong(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        new NetworkSize(Long.parseLong(fields[4]), Long.parseLong(fields[5])),
        Double.parseDouble(fields[6]));
  }
}
