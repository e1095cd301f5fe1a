package org.espalier.pruning.core.lifecycle;

import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Mask;

/**
 * Pattern lock, for the fine-tuning of a network that is sparse already: the first decision takes
 * the mask w != 0, and that is frozen. A weight that trains through 0 later stays alive. One
 * decision is enough: {@code schedule: {type: observe, end: 0}}.
 *
 * <p>Source: the pattern lock pruner of Intel Neural Compressor ({@code
 * compression/pruner/pruners/pattern_lock.py}).
 */
public enum Lock implements Observing {
  /** The only one: the lifecycle has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "lock";
  }

  @Override
  public boolean revives() {
    return false;
  }

  @Override
  public Map<String, Mask> next(Decision decision) {
    Map<String, Mask> masks = new TreeMap<>();
    for (TensorInfo tensor : decision.tensors()) {
      Mask frozen = decision.state().masks().get(tensor.name());
      masks.put(tensor.name(), frozen == null ? NonZeros.of(decision, tensor) : frozen);
    }
    return masks;
  }
}
