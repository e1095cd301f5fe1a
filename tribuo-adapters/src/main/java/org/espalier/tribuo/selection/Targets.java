package org.espalier.tribuo.selection;

import java.util.Arrays;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/**
 * What a network shall answer: labels as 1 of n, to be learned by a softmax, or regressors with
 * mean 0 and variance 1 in each dimension, to be learned by squares.
 */
final class Targets {

  private final double[][] rows;
  private final boolean classes;

  /**
   * @param rows (examples, outputs)
   * @param classes whether each row is 1 of n
   */
  Targets(double[][] rows, boolean classes) {
    this.rows = rows;
    this.classes = classes;
  }

  /**
   * Refuses a data set that cannot be learned from.
   *
   * @throws IllegalArgumentException if outputs are unknown, of a kind other than label and
   *     regressor, or all in one class
   */
  static void require(Dataset<?> dataset) {
    if (dataset.getOutputInfo().getUnknownCount() > 0) {
      throw new IllegalArgumentException(
          "The supplied dataset contained unknown outputs, and this selector is supervised.");
    }
    Output<?> first = dataset.getExample(0).getOutput();
    if (!(first instanceof Label || first instanceof Regressor)) {
      throw new IllegalArgumentException(
          "This selector learns labels and regressors; found outputs of "
              + first.getClass().getName());
    }
    if (first instanceof Label && dataset.getOutputInfo().size() < 2) {
      throw new IllegalArgumentException(
          "All examples have the label %s; expected at least two labels.".formatted(first));
    }
  }

  /** Encodes the outputs of a data set that {@link #require} accepts. */
  static <T extends Output<T>> Targets of(Dataset<T> dataset) {
    boolean classes = dataset.getExample(0).getOutput() instanceof Label;
    double[][] rows = new double[dataset.size()][];
    ImmutableOutputInfo<T> info = dataset.getOutputIDInfo();
    int row = 0;
    for (Example<T> example : dataset) {
      T output = example.getOutput();
      if (output instanceof Regressor regressor) {
        rows[row] = regressor.getValues().clone();
      } else {
        rows[row] = new double[info.size()];
        rows[row][info.getID(output)] = 1;
      }
      row++;
    }
    if (!classes) {
      standardise(rows);
    }
    return new Targets(rows, classes);
  }

  boolean classes() {
    return classes;
  }

  /** Answers per example. */
  int outputs() {
    return rows[0].length;
  }

  double[] row(int example) {
    return rows[example];
  }

  private static void standardise(double[][] rows) {
    for (int d = 0; d < rows[0].length; d++) {
      int dimension = d;
      double mean = Arrays.stream(rows).mapToDouble(row -> row[dimension]).average().orElse(0);
      double variance =
          Arrays.stream(rows)
              .mapToDouble(row -> (row[dimension] - mean) * (row[dimension] - mean))
              .average()
              .orElse(0);
      double scale = variance == 0 ? 0 : 1 / Math.sqrt(variance);
      for (double[] row : rows) {
        row[d] = (row[d] - mean) * scale;
      }
    }
  }
}
