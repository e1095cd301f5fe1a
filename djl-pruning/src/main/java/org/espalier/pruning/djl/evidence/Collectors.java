package org.espalier.pruning.djl.evidence;

import java.util.List;
import org.espalier.pruning.djl.capture.ActivationStatistics;
import org.espalier.pruning.djl.capture.BatchNormStatistics;
import org.espalier.pruning.djl.capture.NeighborNorms;

/** The collectors that a training uses: one line each. */
public final class Collectors {

  private static final List<Collector> ALL =
      List.of(
          new LossGradients(),
          new Curvature(),
          new SynapticFlow(),
          new ActivationStatistics(),
          new BatchNormStatistics(),
          new NeighborNorms());

  private Collectors() {}

  /** Returns all collectors; a statistic is measured by the first that provides it. */
  public static List<Collector> all() {
    return ALL;
  }
}
