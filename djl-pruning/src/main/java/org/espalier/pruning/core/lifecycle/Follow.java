package org.espalier.pruning.core.lifecycle;

import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Mask;

/**
 * Masks follow the weights: at each decision those live that are not 0 in what layers compute with.
 * For forward rules that learn their masks, a weight may so die and come back. For stored weights
 * it makes permanent what a proximal step has set to 0. The pattern, criterion and allocation of
 * the group play no part.
 *
 * <p>Source: the masks of learned thresholds and gates are defined so, as in A. Kusupati et al.,
 * "Soft Threshold Weight Reparameterization for Learnable Sparsity", ICML 2020, section 3.
 */
public enum Follow implements Observing {
  /** The only one: the lifecycle has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "follow";
  }

  @Override
  public Map<String, Mask> next(Decision decision) {
    Map<String, Mask> masks = new TreeMap<>();
    for (TensorInfo tensor : decision.tensors()) {
      masks.put(tensor.name(), NonZeros.of(decision, tensor));
    }
    return masks;
  }
}
