package org.espalier.experiments.tribuo;

import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluator;

/**
 * What a model is judged by.
 *
 * @param name for tables, with its unit
 * @param judge computes it
 * @param <T> the kind of output
 */
record Measure<T extends Output<T>>(String name, Judge<T> judge) {

  /**
   * Computes a figure of a model on data.
   *
   * @param <T> the kind of output
   */
  interface Judge<T extends Output<T>> {
    /** Returns the figure. */
    double of(Model<T> model, Dataset<T> data);
  }

  /** Examples whose label is right, in percent. */
  static Measure<Label> accuracy() {
    return new Measure<>(
        "accuracy, %",
        (model, data) -> 100 * new LabelEvaluator().evaluate(model, data).accuracy());
  }

  /** Root of the mean squared error, in the unit of the target. */
  static Measure<Regressor> rootMeanSquaredError() {
    return new Measure<>(
        "RMSE", (model, data) -> new RegressionEvaluator().evaluate(model, data).averageRMSE());
  }
}
