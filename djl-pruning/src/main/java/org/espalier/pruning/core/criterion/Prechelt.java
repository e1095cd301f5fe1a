package org.espalier.pruning.core.criterion;

import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Scores;

/**
 * How surely a weight is not zero after a step of training: score = log(|S| / D), S the sum over
 * the P examples of w - η g_p, D = η sqrt(sum over p of (g_p - mean g)²), mean g = (sum of g_p) /
 * P, where g_p is the gradient of one example's loss. Sums run over the examples in order, in
 * double precision; the logarithm is natural. The ratio is held between the smallest and the
 * largest positive double, and is the smallest where S is 0, so that scores are always finite.
 *
 * <p>Source: W. Finnoff, F. Hergert, H. Zimmermann, "Improving model selection by nonconvergent
 * methods", Neural Networks 6 (1993), as used by L. Prechelt, "Connection pruning with static and
 * adaptive pruning schedules", Neurocomputing 16 (1997). Quoted from memory of the papers.
 *
 * @param eta learning rate η of the imagined step, positive
 */
public record Prechelt(double eta) implements Criterion {

  /** Refuses a step that is none. */
  public Prechelt {
    if (!(eta > 0 && eta < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "eta", "a positive number", Double.toString(eta), "use the training's learning rate");
    }
  }

  @Override
  public String type() {
    return "prechelt";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("eta", eta);
  }

  @Override
  public Set<Statistic> needs() {
    return Set.of(Statistic.GRADIENT_SAMPLES);
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    Numbers gradients = tensor.numbers(Statistic.GRADIENT_SAMPLES);
    double[] scores = new double[values.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(values.at(i), gradients, i, values.size());
    }
    return Scores.of(scores);
  }

  private double score(double value, Numbers gradients, int first, int stride) {
    double sum = 0;
    double total = 0;
    for (int p = first; p < gradients.size(); p += stride) {
      sum += value - eta * gradients.at(p);
      total += gradients.at(p);
    }
    double mean = total / (gradients.size() / stride);
    double squares = 0;
    for (int p = first; p < gradients.size(); p += stride) {
      squares += (gradients.at(p) - mean) * (gradients.at(p) - mean);
    }
    double ratio = sum == 0 ? 0 : Math.abs(sum) / (eta * Math.sqrt(squares));
    return Math.log(Math.max(Double.MIN_VALUE, Math.min(Double.MAX_VALUE, ratio)));
  }
}
