package org.espalier.pruning.core.regularizer;

import java.util.List;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.pattern.SparsityPattern;

/** Tensors for tests of regularizers. */
final class Tensors {

  private Tensors() {}

  static Penalized of(String pattern, int[] shape, float... weights) {
    return at(0, pattern, shape, weights);
  }

  static Penalized at(long step, String pattern, int[] shape, float... weights) {
    return new Penalized(
        "w", shape, weights, SparsityPattern.parse(pattern), new TrainingTime(step, 0, step == 0));
  }

  /** A vector, whose weights are penalized one by one. */
  static Penalized vector(float... weights) {
    return of("unstructured", new int[] {weights.length}, weights);
  }

  static double value(Regularizer penalty, Penalized tensor) {
    return penalty.value(List.of(tensor));
  }

  /** The gradient of the penalty alone. */
  static float[] gradient(Regularizer penalty, Penalized tensor) {
    float[] gradient = new float[tensor.weights().length];
    penalty.addGradients(List.of(tensor), List.of(gradient));
    return gradient;
  }

  /** The weights after the regularizer's step; the tensor's own stay. */
  static float[] step(Regularizer penalty, Penalized tensor, double rate) {
    Penalized copy =
        new Penalized(
            tensor.name(),
            tensor.shape(),
            tensor.weights().clone(),
            tensor.pattern(),
            tensor.time());
    penalty.step(copy, rate);
    return copy.weights();
  }
}
