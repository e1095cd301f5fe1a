package org.espalier.pruning.report;

import java.util.Locale;

/** How numbers are printed, the same on every page and in every locale. */
final class Figures {

  /** What stands where there is no number. */
  static final String NONE = "-";

  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Figures() {}

  /** Prints a fraction in [0, 1] in percent; only 0 and 1 themselves print as 0 and 100. */
  static String percent(double fraction) {
    if (fraction < 1 && fraction >= 0.99995) {
      return ">99.99 %";
    }
    if (fraction > 0 && fraction < 0.00005) {
      return "<0.01 %";
    }
    return format("%.2f %%", fraction * 100);
  }

  /** Prints a fraction in percent, or {@link #NONE} for null. */
  static String percentOrNone(Double fraction) {
    return fraction == null ? NONE : percent(fraction);
  }

  /** Prints a difference of two fractions in percentage points, with its sign. */
  static String points(double difference) {
    double rounded = Math.round(difference * 10_000) / 100.0;
    return rounded == 0 ? "0.00" : format("%+.2f", rounded).replace('-', '\u2212');
  }

  /** Prints a count with thousands apart. */
  static String count(long count) {
    return format("%,d", count);
  }

  /** Prints a size in the decimal unit in which it has one to three digits before the point. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return format(unit == 0 || value >= 99.95 ? "%.0f" : "%.1f", value) + " " + BYTE_UNITS[unit];
  }

  /** Prints a positive number to about three digits: a time in microseconds, a ratio. */
  static String three(double value) {
    if (value < 0.005) {
      return "<0.01";
    }
    if (value >= 9_999_999.5) {
      return format("%.1e", value);
    }
    return format(value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f", value);
  }

  /** Prints seconds to a tenth. */
  static String seconds(double seconds) {
    return format("%,.1f s", seconds);
  }

  /** Formats in the one locale of all reports. */
  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
