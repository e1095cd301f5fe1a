package org.espalier.pruning.djl;

import java.util.List;
import org.espalier.pruning.djl.capture.ActivationStatistics;
import org.espalier.pruning.djl.capture.BatchNormStatistics;
import org.espalier.pruning.djl.capture.NeighborNorms;
import org.espalier.pruning.djl.evidence.Collector;
import org.espalier.pruning.djl.evidence.Curvature;
import org.espalier.pruning.djl.evidence.LossGradients;
import org.espalier.pruning.djl.evidence.SynapticFlow;

/** The collectors of all statistics that a network can be measured for: one line each. */
public final class StandardCollectors {

  private static final List<Collector> ALL =
      List.of(
          new LossGradients(),
          new Curvature(),
          new SynapticFlow(),
          new ActivationStatistics(),
          new BatchNormStatistics(),
          new NeighborNorms());

  private StandardCollectors() {}

  /** Returns all collectors; a statistic is measured by the first that provides it. */
  public static List<Collector> all() {
    return ALL;
  }
}
