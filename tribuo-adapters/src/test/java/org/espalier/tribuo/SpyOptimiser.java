package org.espalier.tribuo;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.math.Parameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.Matrix;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.la.Tensor;

/**
 * Outermost optimiser that copies all weights before each step, which is after the trainer's update
 * of the step before, and once more at the end. Copies of it write to the same list.
 */
final class SpyOptimiser implements StochasticGradientOptimiser {

  private final StochasticGradientOptimiser inner;
  private final List<double[][]> seen;
  private Parameters parameters;

  SpyOptimiser(StochasticGradientOptimiser inner) {
    this(inner, new ArrayList<>());
  }

  private SpyOptimiser(StochasticGradientOptimiser inner, List<double[][]> seen) {
    this.inner = inner;
    this.seen = seen;
  }

  /** Weights of each tensor, row-major, by optimizer steps finished; the last one is the model. */
  List<double[][]> seen() {
    return seen;
  }

  static double[][] copyOf(Parameters parameters) {
    Tensor[] tensors = parameters.get();
    double[][] copy = new double[tensors.length][];
    for (int t = 0; t < copy.length; t++) {
      int[] shape = tensors[t].getShape();
      int columns = shape[shape.length - 1];
      copy[t] = new double[Tensor.shapeSum(shape)];
      for (int i = 0; i < copy[t].length; i++) {
        copy[t][i] =
            tensors[t] instanceof Matrix matrix
                ? matrix.get(i / columns, i % columns)
                : ((SGDVector) tensors[t]).get(i);
      }
    }
    return copy;
  }

  @Override
  public void initialise(Parameters parameters) {
    this.parameters = parameters;
    inner.initialise(parameters);
  }

  @Override
  public Tensor[] step(Tensor[] updates, double weight) {
    seen.add(copyOf(parameters));
    return inner.step(updates, weight);
  }

  @Override
  public void finalise() {
    seen.add(copyOf(parameters));
    inner.finalise();
    seen.add(copyOf(parameters));
  }

  @Override
  public void reset() {
    inner.reset();
  }

  @Override
  public StochasticGradientOptimiser copy() {
    return new SpyOptimiser(inner.copy(), seen);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "StochasticGradientOptimiser");
  }
}
