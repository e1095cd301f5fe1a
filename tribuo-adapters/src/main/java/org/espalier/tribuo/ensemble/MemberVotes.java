package org.espalier.tribuo.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.regression.Regressor;

/**
 * What the members of an ensemble say of examples, asked once.
 *
 * @param <T> the kind of output
 */
public final class MemberVotes<T extends Output<T>> {

  private final SparseEnsembleModel<T> ensemble;
  private final List<Example<T>> examples = new ArrayList<>();
  private final List<List<Prediction<T>>> votes = new ArrayList<>();
  private final PredictionLoss<T> loss;

  /**
   * Asks the members.
   *
   * @param data whose outputs are known
   * @throws IllegalArgumentException if there is none, or an output is unknown
   */
  MemberVotes(SparseEnsembleModel<T> ensemble, Dataset<T> data) {
    this.ensemble = ensemble;
    this.loss = PredictionLoss.of(ensemble.getOutputIDInfo());
    data.forEach(examples::add);
    if (data.getOutputInfo().getUnknownCount() > 0) {
      throw new IllegalArgumentException(
          "The supplied Dataset contained unknown Outputs, which judge no member.");
    }
    if (examples.stream().noneMatch(example -> example.getWeight() > 0)) {
      throw new IllegalArgumentException(
          "The supplied Dataset has no example of a weight above 0: nothing judges the members.");
    }
    for (Model<T> member : ensemble.getModels()) {
      votes.add(member.predict(examples));
    }
  }

  /** Returns the number of members. */
  public int members() {
    return votes.size();
  }

  /** Returns whether a member has a weight in the ensemble; others cannot be selected. */
  public boolean isAsked(int member) {
    return ensemble.combination().isAsked(member);
  }

  /** Returns the number of examples. */
  public int examples() {
    return examples.size();
  }

  /**
   * Returns what the ensemble says of an example if members count so often: weights are those of
   * the ensemble times the counts.
   *
   * @param counts one per member, at least 0, not all 0
   */
  private Prediction<T> combined(int example, int[] counts) {
    List<Prediction<T>> ofExample = new ArrayList<>();
    votes.forEach(all -> ofExample.add(all.get(example)));
    return ensemble.combination().times(counts).combine(ensemble.getOutputIDInfo(), ofExample);
  }

  /**
   * Returns the mean loss of the ensemble over the examples, by their weights: the share of wrong
   * labels, the share of wrong decisions about labels, or the mean squared error.
   *
   * @param counts how often each member counts, not all 0
   */
  public double loss(int[] counts) {
    double sum = 0;
    double weights = 0;
    for (int e = 0; e < examples.size(); e++) {
      double weight = examples.get(e).getWeight();
      sum += weight * loss.of(combined(e, counts).getOutput(), examples.get(e).getOutput());
      weights += weight;
    }
    return sum / weights;
  }

  /**
   * Returns of which examples a member predicts the right output.
   *
   * @throws IllegalArgumentException if outputs are numbers, of which none is quite right
   */
  public boolean[] right(int member) {
    requireRightOrWrong();
    boolean[] right = new boolean[examples.size()];
    for (int e = 0; e < right.length; e++) {
      right[e] = isRight(votes.get(member).get(e), e);
    }
    return right;
  }

  /**
   * Returns of which examples the ensemble predicts the right output.
   *
   * @param counts how often each member counts, not all 0
   * @throws IllegalArgumentException if outputs are numbers, of which none is quite right
   */
  public boolean[] right(int[] counts) {
    requireRightOrWrong();
    boolean[] right = new boolean[examples.size()];
    for (int e = 0; e < right.length; e++) {
      right[e] = isRight(combined(e, counts), e);
    }
    return right;
  }

  private void requireRightOrWrong() {
    if (examples.get(0).getOutput() instanceof Regressor) {
      throw new IllegalArgumentException(
          "numbers are never quite right; select members by their loss, as GreedySelection does");
    }
  }

  private boolean isRight(Prediction<T> prediction, int example) {
    return loss.of(prediction.getOutput(), examples.get(example).getOutput()) == 0;
  }

  /** Returns the weight of an example. */
  public double weight(int example) {
    return examples.get(example).getWeight();
  }
}
