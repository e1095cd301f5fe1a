package org.espalier.tribuo.selection;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import org.tribuo.Output;

/**
 * Optimal Cell Damage on inputs: the features whose removal is expected to raise the loss least, by
 * its second derivatives, are removed and the network is trained on, until k are left. The score of
 * a feature is the expected rise in the last network, in units of the loss.
 *
 * <p>Source: T. Cibas, F. Fogelman Soulié, P. Gallinari and S. Raudys, "Variable selection with
 * neural networks", Neurocomputing 12 (1996), 223-248; formula and loop from memory.
 *
 * @param <T> {@code Label} or {@code Regressor}
 */
public final class CellDamageSelector<T extends Output<T>> extends NetworkFeatureSelector<T> {

  @Config(description = "Second derivatives: EXACT or GAUSS_NEWTON.")
  private Curvature curvature = Curvature.EXACT;

  @Config(description = "Fraction of the features left that goes at a time, rounded up, in (0, 1].")
  private double share = 0.1;

  @Config(description = "Epochs after each removal.")
  private int retrainEpochs = 20;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private CellDamageSelector() {
    this(SELECT_ALL, NetworkSettings.DEFAULT);
  }

  /**
   * Removes a tenth of the features at a time by exact second derivatives, and trains for 20 epochs
   * after each removal.
   *
   * @param k features to select, at least 1, or {@link #SELECT_ALL}
   * @param network what to train
   * @throws PropertyException if a figure is out of its range
   */
  public CellDamageSelector(int k, NetworkSettings network) {
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
    require(share > 0 && share <= 1, "share", "a fraction in (0, 1]", share);
    require(retrainEpochs >= 0, "retrainEpochs", "at least 0 epochs", retrainEpochs);
  }

  @Override
  double[] scores(Training training, int count) {
    return new BackwardElimination(
            new CellDamage(curvature),
            scores -> (int) Math.ceil(share * scores.length),
            retrainEpochs)
        .run(training, count);
  }
}
