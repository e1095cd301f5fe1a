package org.espalier.pruning.core.criterion;

import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps weights on whose way from w_0 to w the loss fell much: score S = A w / (w - w_0), A = sum
 * over steps of eta g². This estimates the loss at 0 minus the loss at w from the mean slope of the
 * way trained. S is negative where training has shrunk w towards 0: such weights are pruned first.
 * Dead weights, and weights with w = w_0, whose way has no slope, score 0.
 *
 * <p>Source: E. Karnin, "A simple procedure for pruning back-propagation trained neural networks",
 * IEEE Trans. Neural Networks 1(2), 1990: S = sum (dw)² w / (eta (w - w_0)), its form for gradient
 * descent. The steps are taken as dw = -eta g, hence (dw)² / eta = eta g²: with momentum, weight
 * decay or Adam this is the plain descent along the same gradients, not the steps really made. The
 * sum runs from the begin of training, which allows eta to change. One number per weight, whatever
 * the shape.
 */
public enum WeightChangeKarnin implements TrackingCriterion {
  /** The only one of this form. */
  INSTANCE;

  @Override
  public String type() {
    return WeightChange.INSTANCE.type();
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("form", "karnin");
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.INITIAL_VALUE);
  }

  @Override
  public double[] track(double[] soFar, WeightTensor tensor, double learningRate) {
    Numbers gradients = tensor.numbers(Statistic.GRADIENT);
    for (int i = 0; i < soFar.length; i++) {
      soFar[i] += learningRate * gradients.at(i) * gradients.at(i);
    }
    return soFar;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers initial = tensor.numbers(Statistic.INITIAL_VALUE);
    double[] track = tensor.track();
    return EachWeight.score(
        tensor, (at, out, in) -> score(track[at], values.at(at), initial.at(at)));
  }

  private static double score(double sum, double value, double initial) {
    return value == 0 || value == initial ? 0 : sum * value / (value - initial);
  }
}
