package org.espalier.pruning.core.update;

/** The normal distribution, the same bits on every machine. */
final class Normal {

  private Normal() {}

  /**
   * Returns z with Φ(z) = p, to about 1e-7: rational approximations, one around p = 1/2 and two
   * towards each end.
   *
   * <p>Source: M. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution",
   * Applied Statistics 37(3), 1988, function PPND7.
   *
   * @param p in (0, 1)
   */
  static double quantile(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q
          * (((5.9109374720e+1 * r + 1.5929113202e+2) * r + 5.0434271938e+1) * r + 3.3871327179)
          / (((6.7187563600e+1 * r + 7.8757757664e+1) * r + 1.7895169469e+1) * r + 1);
    }
    double r = Math.sqrt(-StrictMath.log(Math.min(p, 1 - p)));
    double z;
    if (r <= 5) {
      r -= 1.6;
      z =
          (((1.7023821103e-1 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
              / ((1.2021132975e-1 * r + 7.3700164250e-1) * r + 1);
    } else {
      r -= 5;
      z =
          (((1.7337203997e-2 * r + 4.2868294337e-1) * r + 3.0812263860) * r + 6.6579051150)
              / ((1.2258202635e-2 * r + 2.4197894225e-1) * r + 1);
    }
    return q < 0 ? -z : z;
  }
}
