package org.espalier.pruning.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * What a criterion may look at: the values of one parameter and the statistics that it asked for.
 * Immutable, but the arrays are shared, not copied, and must not be written to.
 */
public final class WeightTensor {

  private final String name;
  private final int[] shape;
  private final Numbers values;
  private final Map<Statistic, Numbers> statistics;
  private final Map<String, double[]> tracks;
  private final String tracker;
  private final long seed;

  private WeightTensor(
      String name,
      int[] shape,
      Numbers values,
      Map<Statistic, Numbers> statistics,
      Map<String, double[]> tracks,
      String tracker,
      long seed) {
    this.name = name;
    this.shape = shape;
    this.values = values;
    this.statistics = statistics;
    this.tracks = tracks;
    this.tracker = tracker;
    this.seed = seed;
  }

  /**
   * @param name path of the parameter
   * @param shape its extents
   * @param values row-major
   */
  public static WeightTensor of(String name, int[] shape, float[] values) {
    return of(name, shape, Numbers.of(values));
  }

  /**
   * @param name path of the parameter
   * @param shape its extents
   * @param values row-major
   */
  public static WeightTensor of(String name, int[] shape, Numbers values) {
    if (values.size() != Mask.elements(shape)) {
      throw wrongLength(name, "values", values.size(), shape);
    }
    return new WeightTensor(
        name, shape.clone(), values, Map.of(), Map.of(), "", Recipe.DEFAULT_SEED);
  }

  /** Returns the same tensor with one more statistic, of the length that it says. */
  public WeightTensor with(Statistic statistic, float[] numbers) {
    return with(statistic, Numbers.of(numbers));
  }

  /** Returns the same tensor with one more statistic, of the length that it says. */
  public WeightTensor with(Statistic statistic, Numbers numbers) {
    if (!statistic.fits(numbers.size(), shape)) {
      throw wrongLength(name, statistic.key(), numbers.size(), shape);
    }
    Map<Statistic, Numbers> all = new EnumMap<>(Statistic.class);
    all.putAll(statistics);
    all.put(statistic, numbers);
    return new WeightTensor(
        name, shape, values, Collections.unmodifiableMap(all), tracks, tracker, seed);
  }

  /** Returns the same tensor with the numbers of its only tracking criterion, one per weight. */
  public WeightTensor withTrack(double[] numbers) {
    return withTrack("", numbers);
  }

  /**
   * Returns the same tensor with the numbers of a tracking criterion.
   *
   * @param criterion its type
   * @param numbers one per weight
   */
  public WeightTensor withTrack(String criterion, double[] numbers) {
    if (numbers.length != values.size()) {
      throw wrongLength(name, "track", numbers.length, shape);
    }
    Map<String, double[]> all = new HashMap<>(tracks);
    all.put(criterion, numbers);
    return new WeightTensor(name, shape, values, statistics, all, criterion, seed);
  }

  /** Returns the same tensor with the numbers that a criterion has tracked as its track. */
  WeightTensor trackedBy(Criterion criterion) {
    return tracks.containsKey(criterion.type())
        ? new WeightTensor(name, shape, values, statistics, tracks, criterion.type(), seed)
        : this;
  }

  /** Returns the same tensor with the seed of random choices. */
  public WeightTensor withSeed(long newSeed) {
    return new WeightTensor(name, shape, values, statistics, tracks, tracker, newSeed);
  }

  /** Returns the path of the parameter. */
  public String name() {
    return name;
  }

  /** Returns a copy of the extents. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns the values, row-major, as exact as they were given. */
  public Numbers weights() {
    return values;
  }

  /** Returns the values in single precision, row-major; not a copy where that is exact. */
  public float[] values() {
    return values.toFloats();
  }

  /** Returns the seed of random choices for this run. */
  public long seed() {
    return seed;
  }

  /**
   * Returns a statistic, row-major, as exact as it was given.
   *
   * @throws IllegalStateException if the criterion did not declare that it needs it
   */
  public Numbers numbers(Statistic statistic) {
    Numbers numbers = statistics.get(statistic);
    if (numbers == null) {
      throw new IllegalStateException(
          name + " has no " + statistic.key() + ": the criterion must name it in needs()");
    }
    return numbers;
  }

  /**
   * Returns a statistic in single precision, row-major; not a copy where that is exact.
   *
   * @throws IllegalStateException if the criterion did not declare that it needs it
   */
  public float[] statistic(Statistic statistic) {
    return numbers(statistic).toFloats();
  }

  /** Returns the {@link Statistic#GRADIENT}, row-major, in single precision. */
  public float[] gradients() {
    return statistic(Statistic.GRADIENT);
  }

  /**
   * Returns the numbers of a tracking criterion; zeros before the first step.
   *
   * @see org.espalier.pruning.core.criterion.TrackingCriterion
   */
  public double[] track() {
    double[] track = tracks.get(tracker);
    return track == null ? new double[values.size()] : track;
  }

  /**
   * Refuses what cannot decide a mask: NaN and the infinities.
   *
   * @throws InvalidInputException naming the first such weight or number
   */
  public void requireFinite() {
    requireFinite(name, "weights", values);
    statistics.forEach((key, numbers) -> requireFinite(name + "." + key.key(), "numbers", numbers));
  }

  private static void requireFinite(String name, String what, Numbers numbers) {
    int i = numbers.firstNotFinite();
    if (i >= 0) {
      throw new InvalidInputException(
          name + "[" + i + "]",
          "finite " + what + " to decide a mask",
          Double.toString(numbers.at(i)),
          "lower the learning rate or mend the weights; nothing was pruned");
    }
  }

  private static IllegalArgumentException wrongLength(
      String name, String what, int length, int[] shape) {
    return new IllegalArgumentException(
        "%s of %s: shape %s does not hold %d elements"
            .formatted(what, name, Arrays.toString(shape), length));
  }
}
