package org.espalier.pruning.djl.evidence;

import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;

/** Measures some kinds of statistics. */
public interface Collector {

  /** Returns the statistics that this collector can measure. */
  Set<Statistic> provides();

  /**
   * Measures.
   *
   * @param probe the network and the batches
   * @param wanted those to measure, among {@link #provides}
   * @param paths parameters to measure them for, as {@link
   *     org.espalier.pruning.djl.network.NetworkParameters} names them
   * @return by parameter path and statistic; what a parameter cannot have (the batch norm after a
   *     layer that has none) is refused with an {@link org.espalier.sparse.InvalidInputException}
   *     that names the parameter
   */
  Map<String, Map<Statistic, float[]>> collect(
      Probe probe, Set<Statistic> wanted, Set<String> paths);
}
