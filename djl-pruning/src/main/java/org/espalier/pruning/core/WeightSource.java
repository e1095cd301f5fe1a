package org.espalier.pruning.core;

import java.util.Map;
import org.espalier.sparse.mask.Mask;

/** Where a decision gets its weights and statistics from. */
@FunctionalInterface
public interface WeightSource {

  /**
   * Returns a parameter as it is stored, with the statistics that its group asks for, taken with
   * the network's weights multiplied by the masks.
   *
   * @param tensor which
   * @param masks by parameter path; parameters without one are dense
   */
  WeightTensor read(TensorInfo tensor, Map<String, Mask> masks);
}
