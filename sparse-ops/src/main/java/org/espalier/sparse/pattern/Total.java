package org.espalier.sparse.pattern;

/**
 * A sum of scores that stays comparable when some are infinite: an infinite score counts more than
 * all finite ones together, and two of opposite sign cancel, where plain addition would give NaN or
 * forget how many there were.
 */
final class Total implements Comparable<Total> {

  private int infinities;
  private double sum;

  /** Starts again from nothing. */
  void clear() {
    infinities = 0;
    sum = 0;
  }

  void add(double score) {
    if (Double.isInfinite(score)) {
      infinities += score > 0 ? 1 : -1;
    } else {
      sum += score;
    }
  }

  /** Compares by infinities, then by the finite sum, which starts at +0 and so is never -0. */
  @Override
  public int compareTo(Total other) {
    if (infinities != other.infinities) {
      return Integer.compare(infinities, other.infinities);
    }
    return Double.compare(sum, other.sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Total total && compareTo(total) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * infinities + Double.hashCode(sum);
  }

  /** Returns the index of the largest total; ties keep the lowest. */
  static int firstLargest(Total... totals) {
    int best = 0;
    for (int i = 1; i < totals.length; i++) {
      if (totals[i].compareTo(totals[best]) > 0) {
        best = i;
      }
    }
    return best;
  }
}
