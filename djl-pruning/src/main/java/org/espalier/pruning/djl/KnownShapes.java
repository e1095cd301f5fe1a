package org.espalier.pruning.djl;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;

/** The shapes of a network's parameters, with which what is kept for them has to agree. */
record KnownShapes(Map<String, int[]> byPath) {

  static KnownShapes of(NetworkParameters network) {
    Map<String, int[]> shapes = new HashMap<>();
    for (TensorInfo info : network.infos()) {
      shapes.put(info.name(), info.shape());
    }
    return new KnownShapes(shapes);
  }

  /** Refuses masks of another network. */
  void requireMasks(PruningState state) {
    state.masks().forEach((path, mask) -> requireShape(path, mask.shape(), "for its mask"));
  }

  /** Refuses something of another shape than its parameter. */
  void requireShape(String path, int[] shape, String purpose) {
    int[] known = byPath.get(path);
    if (!Arrays.equals(shape, known)) {
      throw new InvalidInputException(
          path,
          "a parameter of shape " + Arrays.toString(shape) + " " + purpose,
          known == null ? "no such parameter" : Arrays.toString(known),
          "start from the state of a run of this network");
    }
  }

  /** Refuses one number per weight for another number of weights. */
  void requireValues(String path, int length) {
    int[] known = byPath.get(path);
    long elements =
        known == null ? -1 : Arrays.stream(known).asLongStream().reduce(1, (a, b) -> a * b);
    if (length != elements) {
      throw new InvalidInputException(
          path,
          "a parameter of " + length + " weights for its numbers",
          known == null ? "no such parameter" : elements + " weights",
          "start from the state of a run of this network");
    }
  }
}
