package org.espalier.tribuo.ensemble;

import java.util.HashSet;
import java.util.Set;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;

/**
 * How far what was predicted is from what is true.
 *
 * @param outputs of the ensemble
 * @param <T> the kind of output
 */
record PredictionLoss<T extends Output<T>>(ImmutableOutputInfo<T> outputs) {

  /**
   * Returns the loss for the outputs of an ensemble.
   *
   * @throws IllegalArgumentException if there is none for their kind
   */
  static <U extends Output<U>> PredictionLoss<U> of(ImmutableOutputInfo<U> outputs) {
    U output = outputs.getDomain().iterator().next();
    if (!(output instanceof Label)
        && !(output instanceof MultiLabel)
        && !(output instanceof Regressor)) {
      throw new IllegalArgumentException(
          "members are selected by labels, sets of labels or numbers, not by "
              + output.getClass().getName());
    }
    return new PredictionLoss<>(outputs);
  }

  /**
   * Returns the loss of one prediction, at least 0: 0 or 1 for a label; wrong decisions over labels
   * for a set; the mean of the squared differences for numbers.
   */
  double of(T predicted, T truth) {
    if (predicted instanceof Regressor numbers) {
      double sum = 0;
      for (Regressor.DimensionTuple dimension : numbers) {
        double difference =
            dimension.getValue()
                - ((Regressor) truth).getDimension(dimension.getName()).orElseThrow().getValue();
        sum += difference * difference;
      }
      return sum / numbers.size();
    } else if (predicted instanceof MultiLabel labels) {
      Set<String> wrong = new HashSet<>(labels.getNameSet());
      Set<String> right = ((MultiLabel) truth).getNameSet();
      wrong.removeAll(right);
      Set<String> missing = new HashSet<>(right);
      missing.removeAll(labels.getNameSet());
      return (double) (wrong.size() + missing.size()) / outputs.size();
    }
    return predicted.equals(truth) ? 0 : 1;
  }
}
