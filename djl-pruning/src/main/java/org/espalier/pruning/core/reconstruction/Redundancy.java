package org.espalier.pruning.core.reconstruction;

import java.util.List;

/** A way to find channels for which others can stand in. */
public interface Redundancy {

  /**
   * Returns the channels that can go together, at least one stays. What stands in for one stays.
   *
   * @param consumers what each layer that reads the channels reads of them; at least one
   */
  List<Substitution> find(List<Readings> consumers);
}
