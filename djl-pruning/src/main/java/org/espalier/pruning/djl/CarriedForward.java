package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.djl.forward.ForwardWeights;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.sparse.InvalidInputException;

/**
 * The gates and thresholds that forward rules train, for a session's memory. What the optimizer
 * keeps for them goes with its other arrays. Rules that have ended leave nothing.
 */
record CarriedForward(ForwardWeights forward) implements Carried {

  @Override
  public String name() {
    return "forward";
  }

  @Override
  public Map<String, float[]> numbers() {
    Map<String, float[]> numbers = new TreeMap<>();
    forward.trained().forEach((name, array) -> numbers.put(name, HostValues.read(name, array)));
    return numbers;
  }

  @Override
  public void restore(Map<String, float[]> numbers) {
    Map<String, NDArray> trained = forward.trained();
    if (!trained.keySet().equals(numbers.keySet())) {
      throw new InvalidInputException(
          "forward",
          "gates and thresholds of " + trained.keySet(),
          numbers.keySet().toString(),
          "go on with the recipe that was saved, before its rules have ended");
    }
    trained.forEach(
        (name, array) -> HostValues.write(array, numbers.get(name), array.getManager()));
  }
}
