package org.espalier.pruning.djl;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

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
    state.visited().forEach((path, mask) -> requireShape(path, mask.shape(), "for its mask"));
  }

  /** Refuses the memory of another network's session. */
  void requireFits(SessionMemory memory) {
    requireMasks(memory.state());
    // The key of a track is the path, a slash and the type of its criterion.
    memory
        .tracks()
        .forEach(
            (key, numbers) ->
                requireValues(key.substring(0, key.lastIndexOf('/')), numbers.length));
    memory.initialValues().forEach((path, values) -> requireValues(path, values.length));
  }

  /** Refuses something of another shape than its parameter. */
  void requireShape(String path, int[] shape, String purpose) {
    int[] known = byPath.get(path);
    if (!Arrays.equals(shape, known)) {
      throw unlike(
          path,
          "a parameter of shape " + Arrays.toString(shape) + " " + purpose,
          known == null ? "no such parameter" : Arrays.toString(known));
    }
  }

  /** Refuses a parameter that the network does not have. */
  void requireKnown(String path) {
    if (!byPath.containsKey(path)) {
      throw unlike(path, "a parameter of this name", "no such parameter");
    }
  }

  /** Refuses one number per weight for another number of weights. */
  void requireValues(String path, int length) {
    requireKnown(path);
    int elements = Mask.elements(byPath.get(path));
    if (length != elements) {
      throw unlike(path, "a parameter of " + length + " weights", elements + " weights");
    }
  }

  private static InvalidInputException unlike(String path, String expected, String found) {
    return new InvalidInputException(
        path, expected, found, "start from the state of a run of this network");
  }
}
