package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.config.PropertyException;

/** The property that selections have in common. */
final class Picks {

  private Picks() {}

  /**
   * Refuses a selection of nothing.
   *
   * @param component name of the component, for the message; may be null
   */
  static void require(String component, int picks) {
    if (picks < 1) {
      throw new PropertyException(component, "picks", "expected at least 1, found " + picks);
    }
  }
}
