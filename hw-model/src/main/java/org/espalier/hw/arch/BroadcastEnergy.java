package org.espalier.hw.arch;

/**
 * What the parts of a processing element take, per event, in pJ. All at least 0.
 *
 * @param queuePerVisit a column passes the queue of activations
 * @param pointersPerVisit both pointers of a column are read
 * @param weightRead one read of the weight memory
 * @param arithmeticPerEntry decoding, multiplying and adding one entry
 * @param accumulatorPerEntry reading and writing back one output
 * @param idlePerCycle clock and registers of an element that waits
 */
public record BroadcastEnergy(
    double queuePerVisit,
    double pointersPerVisit,
    double weightRead,
    double arithmeticPerEntry,
    double accumulatorPerEntry,
    double idlePerCycle) {

  /**
   * EIE in 45 nm: S. Han et al., "EIE: Efficient Inference Engine on Compressed Deep Neural
   * Network", ISCA 2016, Table II, in mW at 800 MHz. Derived: the table's "Spmat and Ptr SRAM are
   * accessed every 8 cycles" makes the power of queue (0.112), pointers (1.807) and weights (4.955)
   * eight cycles' worth per column or read, so 1.12, 18.07 and 49.55 pJ; arithmetic (1.162) and
   * activations (1.122) work every cycle, 1.45 and 1.40 pJ. A waiting element keeps clock (1.874)
   * and registers (1.026): 3.63 pJ a cycle.
   */
  public static final BroadcastEnergy EIE =
      new BroadcastEnergy(
          8 * 0.112 / 0.8, 8 * 1.807 / 0.8, 8 * 4.955 / 0.8, 1.162 / 0.8, 1.122 / 0.8, 2.9 / 0.8);

  /** Checks the ranges. */
  public BroadcastEnergy {
    double[] all = {
      queuePerVisit,
      pointersPerVisit,
      weightRead,
      arithmeticPerEntry,
      accumulatorPerEntry,
      idlePerCycle
    };
    for (double each : all) {
      if (!(each >= 0) || Double.isInfinite(each)) {
        throw new IllegalArgumentException("no energy: " + each + " pJ");
      }
    }
  }
}
