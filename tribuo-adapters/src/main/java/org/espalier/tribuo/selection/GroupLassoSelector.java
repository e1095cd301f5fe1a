package org.espalier.tribuo.selection;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.stream.IntStream;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.Output;

/**
 * Selects features by a penalty that kills inputs as wholes. After training, the penalty λ on the
 * norms of the inputs' weights grows by a factor from stage to stage, each starting from the
 * weights of the one before, until no more than k inputs live. The score of a feature tells how
 * long its input lived: it is λ gⁿ, with the last λ that it survived, the growth g of λ, and n = v
 * / (1 + v) for the norm v of its weights then, so that norms decide between features of the same λ
 * only.
 *
 * <p>Sources: M. Yuan and Y. Lin, J. Royal Statistical Society B 68 (2006), for the group lasso; S.
 * Scardapane, D. Comminiello, A. Hussain and A. Uncini, "Group sparse regularization for deep
 * neural networks", Neurocomputing 241 (2017), for groups of all weights that leave an input. They
 * lower the penalty by gradient descent and cut small weights; here the proximal step makes exact
 * zeros.
 *
 * @param <T> {@code Label} or {@code Regressor}
 */
public final class GroupLassoSelector<T extends Output<T>> extends NetworkFeatureSelector<T> {

  private static final int MOST_STAGES = 1000;

  @Config(description = "Penalty of the first stage, above 0.")
  private double penalty = 1e-3;

  @Config(description = "Factor of the penalty from stage to stage, above 1.")
  private double growth = 1.2;

  @Config(description = "Epochs of each stage.")
  private int stageEpochs = 50;

  @Config(description = "Examples per proximal step; noise of small batches keeps inputs alive.")
  private int stageBatch = 1000;

  @Config(description = "Learning rate of the proximal steps, above 0.")
  private double stageRate = 0.05;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private GroupLassoSelector() {
    this(SELECT_ALL, NetworkSettings.DEFAULT);
  }

  /**
   * Begins with a penalty of 1e-3, which grows by 1.2 from stage to stage of 50 epochs, in steps of
   * 1000 examples at a rate of 0.05.
   *
   * @param k features to select, at least 1, or {@link #SELECT_ALL}
   * @param network what to train
   * @throws PropertyException if a figure is out of its range
   */
  public GroupLassoSelector(int k, NetworkSettings network) {
    super(k, network);
    postConfig();
  }

  /**
   * {@inheritDoc}
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    super.postConfig();
    require(penalty > 0 && Double.isFinite(penalty), "penalty", "a number above 0", penalty);
    require(growth > 1 && Double.isFinite(growth), "growth", "a factor above 1", growth);
    require(stageEpochs >= 1, "stageEpochs", "at least 1 epoch", stageEpochs);
    require(stageBatch >= 1, "stageBatch", "at least 1 example", stageBatch);
    require(
        stageRate > 0 && Double.isFinite(stageRate), "stageRate", "a number above 0", stageRate);
  }

  @Override
  double[] scores(Training training, int count) {
    training.train();
    Perceptron network = training.network();
    ProximalStep step = new ProximalStep(network, stageRate, training.settings().weightDecay());
    // If all are wanted, in their order, go on until all are dead.
    int goal = count == network.inputs() ? 0 : count;
    double[] scores = new double[network.inputs()];
    double strength = penalty / growth;
    mark(network, strength, scores);
    for (int stage = 0; living(network) > goal; stage++) {
      if (stage == MOST_STAGES) {
        throw new InvalidInputException(
            "growth",
            "a penalty that leaves " + goal + " inputs after " + MOST_STAGES + " stages",
            living(network) + " inputs",
            "raise growth, penalty or stageRate");
      }
      strength *= growth;
      step.setPenalty(strength);
      training.train(stageEpochs, stageBatch, step);
      mark(network, strength, scores);
    }
    return scores;
  }

  /** Gives living inputs the score of a stage: λ g^(n / (1 + n)), n the norm of their weights. */
  private void mark(Perceptron network, double strength, double[] scores) {
    for (int i = 0; i < scores.length; i++) {
      double norm = ProximalStep.norm(network.from(i));
      if (norm != 0) {
        scores[i] = strength * StrictMath.pow(growth, norm / (1 + norm));
      }
    }
  }

  private static long living(Perceptron network) {
    return IntStream.range(0, network.inputs())
        .filter(i -> ProximalStep.norm(network.from(i)) != 0)
        .count();
  }
}
