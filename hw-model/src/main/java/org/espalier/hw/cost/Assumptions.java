package org.espalier.hw.cost;

/**
 * What the roofline takes as given, because no probe measures it.
 *
 * @param denseEfficiency the share of the peak that the inner loop of a tuned dense product reaches
 *     on full vectors, in (0, 1]
 * @param rowOverheadNs starting a row in one panel: about one mispredicted branch, at least 0
 * @param callOverheadUs one call of either product from Java, at least 0
 * @param smallestGain the speed-up from which a layer counts as faster, at least 1
 */
public record Assumptions(
    double denseEfficiency, double rowOverheadNs, double callOverheadUs, double smallestGain) {

  /**
   * 85 % of peak, as Goto and van de Geijn report 85 to 95 % for packed products; 5 ns, 20 cycles
   * at 4 GHz; 2 us; and 5 %, by which identical measurements scatter.
   */
  public static final Assumptions DEFAULT = new Assumptions(0.85, 5, 2, 1.05);

  /** Checks the ranges. */
  public Assumptions {
    if (!(denseEfficiency > 0 && denseEfficiency <= 1)) {
      throw new IllegalArgumentException("efficiency must be in (0, 1]: " + denseEfficiency);
    }
    if (!(rowOverheadNs >= 0) || !(callOverheadUs >= 0) || !(smallestGain >= 1)) {
      throw new IllegalArgumentException(
          "out of range: %s ns, %s us, gain %s"
              .formatted(rowOverheadNs, callOverheadUs, smallestGain));
    }
  }
}
