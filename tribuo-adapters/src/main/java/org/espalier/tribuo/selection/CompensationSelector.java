package org.espalier.tribuo.selection;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.Arrays;
import org.tribuo.Output;

/**
 * Selects features by what the others cannot make good: the input whose contribution is least is
 * removed, and the weights of the others are changed so that the net inputs of the hidden units
 * stay as they were, as nearly as least squares can; so on until k are left, without training in
 * between. The score of a feature is its {@linkplain Contribution contribution} in the last
 * network: the squared change of the hidden net inputs, summed over units, in the mean over
 * examples.
 *
 * <p>Source: G. Castellano and A. Fanelli, "Variable selection using neural-network models",
 * Neurocomputing 31 (2000), 1-13, with the compensation of G. Castellano, A. Fanelli and M.
 * Pelillo, "An iterative pruning algorithm for feedforward neural networks", IEEE Transactions on
 * Neural Networks 8(3) (1997); from memory. The paper's solver is a preconditioned conjugate
 * gradient method on the normal equations; here it is the plain one, as standardised features are
 * its preconditioner.
 *
 * @param <T> {@code Label} or {@code Regressor}
 */
public final class CompensationSelector<T extends Output<T>> extends NetworkFeatureSelector<T> {

  @Config(description = "What is least when a feature goes: COMPENSATED or INITIAL.")
  private Contribution contribution = Contribution.COMPENSATED;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private CompensationSelector() {
    this(SELECT_ALL, NetworkSettings.DEFAULT, Contribution.COMPENSATED);
  }

  /**
   * @param k features to select, at least 1, or {@link #SELECT_ALL}
   * @param network what to train
   * @param contribution what is least when a feature goes
   * @throws PropertyException if a figure is out of its range
   */
  public CompensationSelector(int k, NetworkSettings network, Contribution contribution) {
    super(k, network);
    this.contribution = contribution;
    postConfig();
  }

  @Override
  double[] scores(Training training, int count) {
    training.train();
    Perceptron network = training.network();
    Compensation compensation = new Compensation(training.data().features());
    double[] scores = contributions(network, compensation, training.data().size());
    while (network.liveCount() > count) {
      int least = -1;
      for (int i = 0; i < scores.length; i++) {
        if (network.isLive(i) && (least < 0 || scores[i] <= scores[least])) {
          least = i;
        }
      }
      Compensation.remove(network, least, compensation.solve(network, least).coefficients());
      scores = contributions(network, compensation, training.data().size());
    }
    return scores;
  }

  private double[] contributions(Perceptron network, Compensation compensation, int examples) {
    double[] scores = new double[network.inputs()];
    for (int i = 0; i < scores.length; i++) {
      if (network.isLive(i)) {
        double weights = Arrays.stream(network.from(i)).map(v -> v * v).sum();
        double square =
            contribution == Contribution.COMPENSATED
                ? compensation.solve(network, i).residual()
                : compensation.square(i);
        scores[i] = weights * square / examples;
      } else {
        scores[i] = Double.NEGATIVE_INFINITY;
      }
    }
    return scores;
  }
}
