package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.espalier.sparse.InvalidInputException;

/** Where the parameters of a network are: for each path its arrays, one per device. */
final class Mirrors {

  private final Map<String, String> pathById = new HashMap<>();
  private final Map<String, String> idByPath = new HashMap<>();
  private final Map<String, List<NDArray>> arrays = new LinkedHashMap<>();

  /** Notes the parameters' own arrays. */
  Mirrors(Map<String, Parameter> byPath) {
    byPath.forEach(
        (path, parameter) -> {
          pathById.put(parameter.getId(), path);
          idByPath.put(path, parameter.getId());
          arrays.put(path, new ArrayList<>(List.of(parameter.getArray())));
        });
  }

  /** Returns the path of a parameter, or null for one of another network. */
  String path(String parameterId) {
    return pathById.get(parameterId);
  }

  /** Returns {@code Parameter.getId()} of a path. */
  String id(String path) {
    return idByPath.get(path);
  }

  /** Adds an array; returns false if it is known. */
  boolean add(String path, NDArray array) {
    List<NDArray> known = arrays.get(path);
    return known.stream().noneMatch(other -> other == array) && known.add(array);
  }

  /** Returns the arrays of a parameter, one per device; the list grows as devices are seen. */
  List<NDArray> arrays(String path) {
    return Collections.unmodifiableList(arrays.get(path));
  }

  /** Calls an action with every array of a parameter. */
  void forEach(String path, BiConsumer<String, NDArray> action) {
    arrays.get(path).forEach(array -> action.accept(path, array));
  }

  /** Copies a parameter to the host, row-major. */
  float[] values(String path) {
    return toFloats(arrays.get(path).get(0));
  }

  /**
   * Copies the gradient to the host: of all devices together, as DJL's parameter server adds them.
   *
   * @throws InvalidInputException if the parameter is frozen
   */
  float[] gradient(String path) {
    float[] sum = null;
    for (NDArray array : arrays.get(path)) {
      if (!array.hasGradient()) {
        continue;
      }
      try (NDArray gradient = array.getGradient()) {
        float[] values = toFloats(gradient);
        if (sum == null) {
          sum = values;
        } else {
          for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i];
          }
        }
      }
    }
    if (sum == null) {
      throw new InvalidInputException(
          path,
          "a parameter with a gradient, which its criterion reads",
          "a frozen one",
          "exclude it from the group, or do not freeze it");
    }
    return sum;
  }

  /** Sets the gradients of a parameter to 0 on all devices but that of one array. */
  void zeroOtherGradients(String path, NDArray kept) {
    for (NDArray array : arrays.get(path)) {
      if (array != kept) {
        zeroGradient(array);
      }
    }
  }

  /**
   * Writes values into a parameter on every device. The memory stays where it is, so that whoever
   * holds a view of it sees them.
   */
  void write(String path, float[] values) {
    for (NDArray array : arrays.get(path)) {
      try (NDArray alias = array.stopGradient();
          NDArray floats = array.getManager().create(values, array.getShape());
          NDArray typed = floats.toType(array.getDataType(), true)) {
        alias.muli(0);
        alias.addi(typed);
      }
    }
  }

  /** Sets the gradient of one array to 0, NaN included, as an optimizer does after its update. */
  static void zeroGradient(NDArray array) {
    if (array.hasGradient()) {
      try (NDArray gradient = array.getGradient()) {
        zero(gradient);
      }
    }
  }

  /** Sets every entry of an array to 0, NaN included, in place. */
  static void zero(NDArray array) {
    // DJL makes an array of the number and leaves it with the manager.
    try (NDManager temporary = array.getManager().newSubManager();
        NDArray alias = array.stopGradient()) {
      alias.attach(temporary);
      alias.set(new NDIndex("..."), 0f);
    }
  }

  private static float[] toFloats(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32) {
      return array.toFloatArray();
    }
    try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
      return floats.toFloatArray();
    }
  }
}
