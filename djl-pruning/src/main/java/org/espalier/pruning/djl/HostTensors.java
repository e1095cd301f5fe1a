package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightSource;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.mask.Mask;

/** Copies of weights, and of gradients where a criterion wants them, for one decision. */
final class HostTensors implements WeightSource {

  private final Map<String, List<NDArray>> mirrors;
  private final boolean gradients;
  private final long seed;

  HostTensors(Map<String, List<NDArray>> mirrors, Recipe recipe) {
    this.mirrors = mirrors;
    this.seed = recipe.seed();
    this.gradients =
        recipe.groups().stream().anyMatch(group -> group.needs().contains(Statistic.GRADIENT));
  }

  @Override
  public WeightTensor read(TensorInfo tensor, Map<String, Mask> masks) {
    List<NDArray> arrays = mirrors.get(tensor.name());
    WeightTensor weights =
        WeightTensor.of(tensor.name(), tensor.shape(), toFloats(arrays.get(0))).withSeed(seed);
    return gradients ? weights.with(Statistic.GRADIENT, sumOfGradients(arrays)) : weights;
  }

  /** Gradients of all devices together, as DJL's parameter server adds them up. */
  private static float[] sumOfGradients(List<NDArray> arrays) {
    float[] sum = null;
    for (NDArray array : arrays) {
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
    return sum;
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
