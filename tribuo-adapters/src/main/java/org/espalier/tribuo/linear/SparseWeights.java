package org.espalier.tribuo.linear;

import java.io.Serializable;
import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.la.VectorTuple;

/**
 * The weights of a linear model without their zeros, and its biases.
 *
 * @param columns one line per feature, whose places are outputs: an example visits the lines of its
 *     features and no other
 * @param bias one per output
 */
record SparseWeights(SparseLines columns, double[] bias) implements Serializable {

  /**
   * Checks that there is a bias per output.
   *
   * @throws InvalidInputException if not
   */
  SparseWeights {
    if (bias.length != columns.width()) {
      throw new InvalidInputException(
          "biases", columns.width() + ", one per output", bias.length + "", "save the model again");
    }
  }

  /**
   * Reads Tribuo's weights.
   *
   * @param dense (outputs, features + 1), the biases in the last column
   * @throws IllegalArgumentException if a weight is not finite: zero times infinity is no zero
   */
  static SparseWeights of(DenseMatrix dense) {
    int outputs = dense.getDimension1Size();
    int features = dense.getDimension2Size() - 1;
    double[][] rows = new double[outputs][features];
    double[] bias = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      for (int f = 0; f < features; f++) {
        rows[o][f] = requireFinite(dense.get(o, f));
      }
      bias[o] = requireFinite(dense.get(o, features));
    }
    return new SparseWeights(SparseLines.ofRows(rows, features).transpose(), bias);
  }

  private static double requireFinite(double weight) {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException(
          "a weight of the model is " + weight + ": its training has diverged");
    }
    return weight;
  }

  int outputs() {
    return bias.length;
  }

  int features() {
    return columns.lines();
  }

  /** Returns the weights, zero or not, without the biases. */
  long elements() {
    return (long) outputs() * features();
  }

  /**
   * Returns what Tribuo's {@code DenseMatrix.leftMultiply} returns for the weights with all their
   * zeros: it adds a feature's products to the sums of all outputs, feature by feature, and a
   * product with zero changes no sum, nor does a sum ever become -0. So the bits are equal, as long
   * as no feature is infinite, whose product with zero is NaN there and left out here.
   *
   * @param features of an example, the last one the constant of the bias
   * @return one sum per output
   */
  double[] sums(SGDVector features) {
    double[] sums = new double[outputs()];
    int constant = features();
    for (VectorTuple feature : features) {
      if (feature.index == constant) {
        for (int o = 0; o < sums.length; o++) {
          sums[o] += bias[o] * feature.value;
        }
      } else {
        int end = columns.pointers()[feature.index + 1];
        for (int e = columns.pointers()[feature.index]; e < end; e++) {
          sums[columns.places()[e]] += columns.values()[e] * feature.value;
        }
      }
    }
    return sums;
  }

  /** Returns one line per output, whose places are features. */
  SparseLines rows() {
    return columns.transpose();
  }

  /** Returns the weights of one feature to all outputs, zeros included. */
  double[] toOutputs(int feature) {
    double[] weights = new double[outputs()];
    int end = columns.pointers()[feature + 1];
    for (int e = columns.pointers()[feature]; e < end; e++) {
      weights[columns.places()[e]] = columns.values()[e];
    }
    return weights;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseWeights weights
        && columns.width() == weights.columns.width()
        && Arrays.equals(columns.pointers(), weights.columns.pointers())
        && Arrays.equals(columns.places(), weights.columns.places())
        && Arrays.equals(columns.values(), weights.columns.values())
        && Arrays.equals(bias, weights.bias);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(columns.values()) + Arrays.hashCode(bias);
  }
}
