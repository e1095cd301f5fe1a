package org.espalier.pruning.core;

import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * Weights or a statistic: single precision as networks hold them, or double precision as files may.
 * Criteria read them as {@code double}, so that a formula is the same for both and no value is
 * rounded before it decides. The array is taken over, not copied, and must not be written to.
 */
public final class Numbers {

  private final float[] floats;
  private final double[] doubles;

  private Numbers(float[] floats, double[] doubles) {
    this.floats = floats;
    this.doubles = doubles;
  }

  /** Takes over numbers in single precision. */
  public static Numbers of(float... values) {
    return new Numbers(Objects.requireNonNull(values), null);
  }

  /** Takes over numbers in double precision. */
  public static Numbers of(double... values) {
    return new Numbers(null, Objects.requireNonNull(values));
  }

  /** Returns how many there are. */
  public int size() {
    return floats != null ? floats.length : doubles.length;
  }

  /** Returns one number, exactly. */
  public double at(int index) {
    return floats != null ? floats[index] : doubles[index];
  }

  /** Returns whether single precision holds them: they were given in it. */
  public boolean areFloats() {
    return floats != null;
  }

  /** Returns the live array if they are floats, else a copy with each number rounded to nearest. */
  public float[] toFloats() {
    if (floats != null) {
      return floats;
    }
    float[] rounded = new float[doubles.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) doubles[i];
    }
    return rounded;
  }

  /** Returns the results of a function of the index, one for each number. */
  public double[] map(IntToDoubleFunction function) {
    double[] results = new double[size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = function.applyAsDouble(i);
    }
    return results;
  }

  /** Returns the first index of NaN or an infinity, or -1. */
  public int firstNotFinite() {
    for (int i = 0; i < size(); i++) {
      if (!Double.isFinite(at(i))) {
        return i;
      }
    }
    return -1;
  }
}
