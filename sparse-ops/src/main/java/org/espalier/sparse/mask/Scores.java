package org.espalier.sparse.mask;

import java.util.List;
import java.util.Objects;

/**
 * One number per weight or per unit: the higher, the more it matters. Held as {@code float} where
 * the criterion is exact in it (magnitude is), else as {@code double}: products and sums of float32
 * weights would tie by rounding, and ties decide masks.
 *
 * <p>The arrays are taken over, not copied; {@link #exclude} writes to them.
 */
public final class Scores {

  private final float[] floats;
  private final double[] doubles;

  private Scores(float[] floats, double[] doubles) {
    this.floats = floats;
    this.doubles = doubles;
  }

  /** Takes over scores that are exact in single precision. */
  public static Scores of(float... values) {
    return new Scores(Objects.requireNonNull(values), null);
  }

  /** Takes over scores in double precision. */
  public static Scores of(double... values) {
    return new Scores(null, Objects.requireNonNull(values));
  }

  /** Returns the number of scores. */
  public int size() {
    return floats != null ? floats.length : doubles.length;
  }

  /** Returns one score. */
  public double at(int index) {
    return floats != null ? floats[index] : doubles[index];
  }

  /** Puts one unit below all others: it is chosen last. */
  public void exclude(int index) {
    if (floats != null) {
      floats[index] = Float.NEGATIVE_INFINITY;
    } else {
      doubles[index] = Double.NEGATIVE_INFINITY;
    }
  }

  /** Returns the scores divided by a number, which must be positive; this object if it is 1. */
  public Scores dividedBy(double divisor) {
    if (divisor == 1) {
      return this;
    }
    double[] quotients = toDoubles();
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] /= divisor;
    }
    return of(quotients);
  }

  /** Returns a copy in double precision. */
  public double[] toDoubles() {
    if (doubles != null) {
      return doubles.clone();
    }
    double[] copy = new double[floats.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = floats[i];
    }
    return copy;
  }

  /** Returns the index of the first score that is NaN, or -1. */
  public int firstNaN() {
    for (int i = 0; i < size(); i++) {
      if (Double.isNaN(at(i))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns a bit per score, set for the {@code k} largest; ties keep the lowest index.
   *
   * @param k in [0, size]
   * @return words as {@link Mask#ofWords} takes them
   * @throws IllegalArgumentException if a score is NaN or {@code k} is out of range
   */
  public long[] largest(int k) {
    return floats != null ? Selection.largest(floats, k) : DoubleSelection.largest(doubles, k);
  }

  /**
   * Returns how many of the {@code k} largest of all scores fall into each element of the list;
   * ties go to the earlier element.
   *
   * @param k in [0, total number of scores]
   */
  public static int[] countsOfLargest(List<Scores> scores, long k) {
    if (scores.stream().allMatch(s -> s.floats != null)) {
      return Selection.countsOfLargest(scores.stream().map(s -> s.floats).toList(), k);
    }
    return DoubleSelection.countsOfLargest(
        scores.stream().map(s -> s.doubles != null ? s.doubles : s.toDoubles()).toList(), k);
  }
}
