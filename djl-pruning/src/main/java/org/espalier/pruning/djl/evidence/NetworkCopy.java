package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.Set;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.djl.network.NetworkParameters;

/**
 * A copy of the parameters of a network, each multiplied by its mask, that gradients can be taken
 * of. While it is open the network itself takes part in no gradient and drops nothing out; once
 * closed the network is bit for bit as before, and no array is left.
 *
 * <p>Vectors over the measured weights have one row per path, in the order of {@link #paths}.
 */
final class NetworkCopy implements AutoCloseable {

  private final MaskedCopies copies;
  private final StillNetwork still;
  private final List<String> paths;
  private final List<Parameter> parameters;

  /**
   * @param probe whose network is initialized
   * @param measured paths of the parameters that gradients are taken for
   * @param type of floating-point copies
   * @param change after masks
   */
  NetworkCopy(Probe probe, Set<String> measured, DataType type, MaskedCopies.Change change) {
    if (measured.isEmpty()) {
      throw new IllegalArgumentException("no parameter to measure");
    }
    NetworkParameters all = new NetworkParameters(probe.network());
    Requests.checkKnown(all.byPath(), measured);
    paths = all.infos().stream().map(TensorInfo::name).filter(measured::contains).toList();
    parameters = paths.stream().map(all.byPath()::get).toList();
    copies = new MaskedCopies(probe, type, change);
    try {
      still = new StillNetwork(probe.network(), copies);
    } catch (RuntimeException e) {
      copies.close();
      throw e;
    }
  }

  /** Returns whether the copy is in double precision. */
  boolean isDouble() {
    return value(0).getDataType() == DataType.FLOAT64;
  }

  /** Returns the paths of the measured parameters, in the order of the network. */
  List<String> paths() {
    return paths;
  }

  /** Returns a manager for inputs, to be closed by the caller; at the latest this copy does it. */
  NDManager newManager() {
    return copies.newManager();
  }

  /** Returns a vector of zeros. */
  double[][] zeros() {
    double[][] zeros = new double[paths.size()][];
    for (int i = 0; i < zeros.length; i++) {
      zeros[i] = new double[Math.toIntExact(value(i).size())];
    }
    return zeros;
  }

  /** Returns the measured weights as the network runs with them. */
  double[][] weights() {
    double[][] weights = new double[paths.size()][];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = toDoubles(value(i));
    }
    return weights;
  }

  /** Returns the gradient of an objective; dense, also where a mask is. */
  double[][] gradient(Objective objective) {
    return gradient(objective, null, 0);
  }

  /** Returns the gradient at the weights plus {@code step} times a vector. */
  double[][] gradientAt(Objective objective, double[][] direction, double step) {
    return gradient(objective, direction, step);
  }

  private double[][] gradient(Objective objective, double[][] direction, double step) {
    try (NDManager scratch = copies.newManager()) {
      PassStore store = still.pass(scratch);
      NDArray[] leaves = new NDArray[paths.size()];
      for (int i = 0; i < leaves.length; i++) {
        Parameter parameter = parameters.get(i);
        leaves[i] =
            direction == null
                ? store.leaf(parameter)
                : store.leaf(parameter, shifted(scratch, value(i), direction[i], step));
      }
      objective.backward(store, scratch);
      double[][] gradient = new double[leaves.length][];
      for (int i = 0; i < leaves.length; i++) {
        gradient[i] = gradientOf(leaves[i]);
      }
      return gradient;
    }
  }

  private NDArray value(int path) {
    return copies.value(parameters.get(path));
  }

  private static NDArray shifted(NDManager manager, NDArray base, double[] direction, double step) {
    Shape shape = base.getShape();
    if (base.getDataType() == DataType.FLOAT64) {
      double[] shift = new double[direction.length];
      for (int i = 0; i < shift.length; i++) {
        shift[i] = direction[i] * step;
      }
      return base.add(manager.create(shift, shape));
    }
    float[] shift = new float[direction.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = (float) (direction[i] * step);
    }
    return base.add(manager.create(shift, shape));
  }

  private static double[] gradientOf(NDArray leaf) {
    try (NDArray gradient = leaf.getGradient()) {
      if (!gradient.isSparse()) {
        return toDoubles(gradient);
      }
      try (NDArray dense = gradient.toDense()) {
        return toDoubles(dense);
      }
    }
  }

  private static double[] toDoubles(NDArray array) {
    if (array.getDataType() == DataType.FLOAT64) {
      return array.toDoubleArray();
    }
    float[] floats = array.toFloatArray();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  @Override
  public void close() {
    still.close();
    copies.close();
  }
}
