package org.espalier.hw.cost;

/**
 * How well the units of a machine share the work. All figures are in [0, 1].
 *
 * @param loadBalance time if all units always had work / time taken, waiting included
 * @param staticBalance mean work of a unit / most work of one: what the zeros alone cause
 * @param utilization products of two non-zeros / products that the units could have made meanwhile
 */
public record Balance(double loadBalance, double staticBalance, double utilization) {

  private static final double ROUNDING = 1e-9;

  /** Checks the ranges. */
  public Balance {
    require("load balance", loadBalance);
    require("static balance", staticBalance);
    require("utilization", utilization);
  }

  private static void require(String what, double share) {
    if (!(share >= 0 && share <= 1 + ROUNDING)) {
      throw new IllegalArgumentException(what + " must be in [0, 1], found " + share);
    }
  }
}
