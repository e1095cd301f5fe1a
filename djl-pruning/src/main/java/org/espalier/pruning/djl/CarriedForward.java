package org.espalier.pruning.djl;

import java.util.Map;
import org.espalier.pruning.djl.forward.ForwardWeights;

/**
 * What forward rules remember, for a session's memory: gates, thresholds, which weights they train.
 * What the optimizer keeps for them goes with its other arrays.
 */
record CarriedForward(ForwardWeights forward) implements Carried {

  @Override
  public String name() {
    return "forward";
  }

  @Override
  public Map<String, float[]> numbers() {
    return forward.memory();
  }

  @Override
  public void restore(Map<String, float[]> numbers) {
    forward.restore(numbers);
  }
}
