package org.espalier.tribuo.linear;

import java.io.Serializable;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Prediction;

/**
 * What the sums of a linear model mean: the part of a prediction in which Tribuo's linear models of
 * labels, regressors and sets of labels differ.
 *
 * @param <T> the kind of output
 */
sealed interface LinearOutput<T extends Output<T>> extends Serializable
    permits LabelOutput, RegressorOutput, MultiLabelOutput {

  /** Returns the class of outputs. */
  Class<T> type();

  /** Returns the name of the output with an id. */
  String name(ImmutableOutputInfo<T> info, int id);

  /**
   * Returns what the model says of an example, with the scores that Tribuo's model gives.
   *
   * @param sums one per output; may be overwritten
   * @param used features of the example
   */
  Prediction<T> prediction(
      double[] sums, ImmutableOutputInfo<T> info, int used, Example<T> example);
}
