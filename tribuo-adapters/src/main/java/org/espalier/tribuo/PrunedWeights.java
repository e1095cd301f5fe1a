package org.espalier.tribuo;

import java.util.Arrays;
import java.util.List;
import org.espalier.pruning.core.TensorInfo;
import org.tribuo.common.sgd.AbstractSGDModel;
import org.tribuo.math.Parameters;

/**
 * What is left of a model: exact counts of zeros, of the tensors that are pruned unless a recipe
 * says otherwise. Biases do not count. A weight that training left at zero is a zero like any
 * other.
 *
 * @param tensors in the model's order
 */
public record PrunedWeights(List<Count> tensors) {

  /**
   * The counts of one tensor.
   *
   * @param name as recipes call it: {@code weights}, {@code factors-0}, {@code parameter-1}
   * @param elements number of weights, at least 1
   * @param zeros weights that are exactly zero, of either sign
   */
  public record Count(String name, long elements, long zeros) {

    /** Returns zeros / elements. */
    public double sparsity() {
      return (double) zeros / elements;
    }
  }

  /** Copies the list. */
  public PrunedWeights {
    tensors = List.copyOf(tensors);
  }

  /** Counts the weights of a trained linear model or factorization machine. */
  public static PrunedWeights of(AbstractSGDModel<?> model) {
    return of(model.getModelParameters());
  }

  /** Counts the weights of any model's parameters. */
  public static PrunedWeights of(Parameters parameters) {
    return new PrunedWeights(
        ParameterView.of(parameters).stream()
            .filter(view -> view.info().prunable())
            .map(view -> count(view.info(), view.read(parameters.get())))
            .toList());
  }

  private static Count count(TensorInfo tensor, double[] values) {
    long zeros = Arrays.stream(values).filter(value -> value == 0).count();
    return new Count(tensor.name(), values.length, zeros);
  }

  /** Returns the number of weights in all tensors. */
  public long elements() {
    return tensors.stream().mapToLong(Count::elements).sum();
  }

  /** Returns the number of weights in all tensors that are exactly zero. */
  public long zeros() {
    return tensors.stream().mapToLong(Count::zeros).sum();
  }

  /** Returns zeros / elements over all tensors; 0 if there is none. */
  public double sparsity() {
    long elements = elements();
    return elements == 0 ? 0 : (double) zeros() / elements;
  }
}
