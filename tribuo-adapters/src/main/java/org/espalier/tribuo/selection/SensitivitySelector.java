package org.espalier.tribuo.selection;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import org.tribuo.Output;

/**
 * Selects features by the variance of the network's sensitivity to them: inputs whose variance is
 * not significantly different from zero are removed and the network is trained on, until k are
 * left. The score of a feature is the {@linkplain Sensitivity variance} in the last network, of
 * outputs per standard deviation of the feature.
 *
 * <p>A feature that acts on the outputs in exactly the same way everywhere has no variance, and
 * this method cannot see it; with labels that does not occur, as a softmax bends.
 *
 * <p>Source: A. Engelbrecht, "A New Pruning Heuristic Based on Variance Analysis of Sensitivity
 * Information", IEEE Transactions on Neural Networks 12(6) (2001), 1386-1399; the test from memory.
 * The paper trains anew after a removal, this goes on from the weights that are left.
 *
 * @param <T> {@code Label} or {@code Regressor}
 */
public final class SensitivitySelector<T extends Output<T>> extends NetworkFeatureSelector<T> {

  @Config(description = "Level of significance of the test, in (0, 1).")
  private double alpha = 0.01;

  @Config(description = "Variance of no significance at first; times 10 when no input goes.")
  private double nullVariance = 1e-4;

  @Config(description = "Epochs after each removal.")
  private int retrainEpochs = 20;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private SensitivitySelector() {
    this(SELECT_ALL, NetworkSettings.DEFAULT);
  }

  /**
   * Tests at a level of 0.01, from a variance of 1e-4 on, with 20 epochs after each removal.
   *
   * @param k features to select, at least 1, or {@link #SELECT_ALL}
   * @param network what to train
   * @throws PropertyException if a figure is out of its range
   */
  public SensitivitySelector(int k, NetworkSettings network) {
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
    require(alpha > 0 && alpha < 1, "alpha", "a level in (0, 1)", alpha);
    require(
        nullVariance > 0 && nullVariance <= 1e100,
        "nullVariance",
        "a number above 0, at most 1e100",
        nullVariance);
    require(retrainEpochs >= 0, "retrainEpochs", "at least 0 epochs", retrainEpochs);
  }

  @Override
  double[] scores(Training training, int count) {
    VarianceNullity test = new VarianceNullity(training.data().size(), alpha, nullVariance);
    return new BackwardElimination(new Sensitivity(), test, retrainEpochs).run(training, count);
  }
}
