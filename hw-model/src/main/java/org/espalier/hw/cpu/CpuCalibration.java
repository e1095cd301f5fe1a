package org.espalier.hw.cpu;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.espalier.sparse.InvalidInputException;

/**
 * What a unit of each term of work costs on a machine, for each family of kernels.
 *
 * @param conditions under which it was measured
 * @param unitNs ns per unit, at least 0, in the order of {@link KernelFamily#terms}
 */
public record CpuCalibration(Conditions conditions, Map<KernelFamily, List<Double>> unitNs) {

  /** Checks the numbers and copies the map. */
  public CpuCalibration {
    Objects.requireNonNull(conditions, "conditions");
    Map<KernelFamily, List<Double>> copy = new EnumMap<>(KernelFamily.class);
    unitNs.forEach((family, costs) -> copy.put(family, checked(family, costs)));
    unitNs = Collections.unmodifiableMap(copy);
  }

  private static List<Double> checked(KernelFamily family, List<Double> costs) {
    if (costs.size() != family.terms().size()) {
      throw new IllegalArgumentException(
          "%s has %d terms, found %d".formatted(family, family.terms().size(), costs.size()));
    }
    for (double cost : costs) {
      if (!(cost >= 0) || Double.isInfinite(cost)) {
        throw new IllegalArgumentException(family + " has a unit of " + cost + " ns");
      }
    }
    return List.copyOf(costs);
  }

  /**
   * Measures this machine, in about 20 seconds if it is quiet, as it should be.
   *
   * @param threads that share each product, at least 1
   * @param dense products of the native library, or null: then dense times are estimated
   * @param progress hears how far it is
   */
  public static CpuCalibration measure(int threads, DenseProbe dense, Progress progress) {
    return new Calibrator(threads, dense, progress).measure(Set.of(KernelFamily.values()));
  }

  /** Returns whether a family was measured. */
  public boolean has(KernelFamily family) {
    return unitNs.containsKey(family);
  }

  /**
   * Returns the time of some work in ns.
   *
   * @param terms in the order of the family
   * @throws InvalidInputException if the family was not measured
   */
  double ns(KernelFamily family, double[] terms) {
    List<Double> costs = unitNs.get(family);
    if (costs == null) {
      throw new InvalidInputException(
          "calibration of this machine",
          "times of " + family.text(),
          "none",
          "calibrate again: the kernels that are chosen now were not measured");
    }
    double ns = 0;
    for (int i = 0; i < terms.length; i++) {
      ns += costs.get(i) * terms[i];
    }
    return ns;
  }
}
