package org.espalier.pruning.djl;

import java.util.Map;
import org.espalier.pruning.djl.forward.ForwardWeights;

/**
 * The gates and thresholds that forward rules train, and what else they remember, for a session's
 * memory. What the optimizer keeps for them goes with its other arrays. Rules that have ended leave
 * nothing.
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
