package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.djl.NetworkParameters;
import org.espalier.sparse.EspalierException;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;

/**
 * A copy of the parameters of a network, each multiplied by its mask, that gradients can be taken
 * of. While it is open the network itself takes part in no gradient and drops nothing out; once
 * closed the network is bit for bit as before, and no array is left.
 *
 * <p>Vectors over the measured weights have one row per path, in the order of {@link #paths}.
 */
final class NetworkCopy implements AutoCloseable {

  /** What the network runs with instead of a parameter. */
  @FunctionalInterface
  interface Change {

    /** Keeps the parameter as it is. */
    Change NONE = (parameter, copy) -> copy;

    /** Returns the replacement of a masked copy, on the same manager. */
    NDArray of(Parameter parameter, NDArray copy);
  }

  private final NDManager manager;
  private final StillNetwork still;
  private final List<String> paths;
  private final Map<String, Parameter> parameters;
  private final Map<String, NDArray> values = new HashMap<>();

  /**
   * @param probe whose network is initialized
   * @param measured paths of the parameters that gradients are taken for
   * @param type of floating-point copies
   * @param change after masks
   */
  NetworkCopy(Probe probe, Set<String> measured, DataType type, Change change) {
    NetworkParameters all = new NetworkParameters(probe.network());
    parameters = all.byPath();
    paths = all.infos().stream().map(TensorInfo::name).filter(measured::contains).toList();
    requireKnown(measured);
    NDArray any = parameters.get(paths.get(0)).getArray();
    manager = any.getManager().getEngine().newBaseManager(any.getDevice());
    manager.setName("espalier-evidence");
    try {
      still = new StillNetwork(probe.network(), BlockTree.blocks(probe.network()), manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
    try {
      parameters.forEach(
          (path, parameter) -> {
            NDArray copy = masked(parameter.getArray(), probe.masks().get(path), type);
            values.put(parameter.getId(), change.of(parameter, copy));
          });
    } catch (RuntimeException e) {
      close();
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
    return manager.newSubManager();
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
    try (NDManager scratch = manager.newSubManager()) {
      ProbeStore store = new ProbeStore(scratch, values);
      NDArray[] leaves = new NDArray[paths.size()];
      for (int i = 0; i < leaves.length; i++) {
        // A detached array shares the memory of the copy, but starts without a gradient.
        NDArray base = value(i);
        leaves[i] =
            direction == null
                ? base.stopGradient()
                : base.add(shift(scratch, base, direction[i], step));
        leaves[i].attach(scratch);
        leaves[i].setRequiresGradient(true);
        store.put(parameters.get(paths.get(i)).getId(), leaves[i]);
      }
      try (GradientCollector collector = collector()) {
        collector.backward(objective.of(store, scratch));
      }
      double[][] gradient = new double[leaves.length][];
      for (int i = 0; i < leaves.length; i++) {
        gradient[i] = gradientOf(leaves[i]);
      }
      return gradient;
    }
  }

  private NDArray value(int path) {
    return values.get(parameters.get(paths.get(path)).getId());
  }

  private GradientCollector collector() {
    try {
      return manager.getEngine().newGradientCollector();
    } catch (IllegalStateException e) {
      throw new EspalierException(
          "evidence",
          "no open GradientCollector: DJL has one at a time",
          e.getMessage(),
          "ask for evidence before the forward pass, or after the collector is closed",
          e);
    }
  }

  private NDArray masked(NDArray array, Mask mask, DataType type) {
    try (NDArray plain = array.stopGradient()) {
      NDArray copy = BatchLoss.copy(plain, manager, type);
      if (mask != null && mask.keptCount() < mask.elements()) {
        try (NDArray factors = manager.create(mask.toFloats(), copy.getShape())) {
          copy.muli(factors);
        }
      }
      return copy;
    }
  }

  private static NDArray shift(NDManager manager, NDArray like, double[] direction, double step) {
    Shape shape = like.getShape();
    if (like.getDataType() == DataType.FLOAT64) {
      double[] shift = new double[direction.length];
      for (int i = 0; i < shift.length; i++) {
        shift[i] = direction[i] * step;
      }
      return manager.create(shift, shape);
    }
    float[] shift = new float[direction.length];
    for (int i = 0; i < shift.length; i++) {
      shift[i] = (float) (direction[i] * step);
    }
    return manager.create(shift, shape);
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

  private void requireKnown(Set<String> measured) {
    if (measured.isEmpty()) {
      throw new IllegalArgumentException("no parameter to measure");
    }
    Set<String> unknown = new TreeSet<>(measured);
    unknown.removeAll(paths);
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(
          unknown.iterator().next(),
          "a parameter of the network",
          "none of that path",
          "name one of " + new TreeSet<>(parameters.keySet()));
    }
  }

  @Override
  public void close() {
    still.close();
    manager.close();
  }
}
