package org.espalier.tribuo.selection;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import org.tribuo.Dataset;
import org.tribuo.Output;

/**
 * QuickSelection: trains a sparse denoising autoencoder, whose connections move as in sparse
 * evolutionary training, and takes the features whose inputs are strongest, that is have the
 * largest sum of absolute weights. Outputs of the data set are not looked at; they may be unknown,
 * and of any kind. Time and memory are those of the connections, epsilon (features + hidden) in
 * each of two layers, and of the features as a dense matrix, twice.
 *
 * <p>What is strong is what the network could learn first: features that others tell much about, so
 * that they move together. A network with room for all features learns also noise in time. Where
 * most features are noise, take few hidden units and epochs.
 *
 * <p>Source: Z. Atashgahi, G. Sokar, T. van der Lee, E. Mocanu, D. C. Mocanu, R. Veldhuis and M.
 * Pechenizkiy, "Quick and robust feature selection: the strength of energy-efficient sparse
 * training for autoencoders", Machine Learning 111 (2022). Defaults are those of the authors' code
 * (github.com/zahraatashgahi/QuickSelection), which has 10 or 100 epochs; so are the sigmoid, the
 * dropout, which the hidden units have in training, and noise that is drawn once per example.
 * Otherwise than there, the features are ranked by the network at the end, not by the weights that
 * the last evolution left; and each layer has exactly its number of connections, as no place is
 * drawn twice.
 *
 * @param <T> any outputs
 */
public final class QuickSelection<T extends Output<T>> extends RankedFeatureSelector<T> {

  private static final int FEATURES = 50;

  @Config(description = "Hidden units of the autoencoder.")
  private int hidden = 1000;

  @Config(description = "Connections per unit: a layer has epsilon (inputs + outputs) of them.")
  private double epsilon = 13;

  @Config(description = "Fraction of the connections that move after an epoch, in [0, 1].")
  private double zeta = 0.2;

  @Config(description = "Standard deviation of the noise that is added to the features.")
  private double noise = 0.2;

  @Config(description = "Fraction of the hidden units left out at each step, in [0, 1).")
  private double dropout = 0.2;

  @Config(description = "Passes through the data.")
  private int epochs = 10;

  @Config(description = "Examples per step.")
  private int batchSize = 100;

  @Config(description = "Learning rate, above 0.")
  private double learningRate = 0.01;

  @Config(description = "Momentum, in [0, 1).")
  private double momentum = 0.9;

  @Config(description = "Fraction that weights lose at each step, in [0, 1).")
  private double weightDecay = 1e-5;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private QuickSelection() {
    super(FEATURES, 1);
  }

  /**
   * Trains with the figures of the paper.
   *
   * @param k features to select, at least 1, or {@link #SELECT_ALL}
   * @param epochs passes through the data, at least 1; the paper has 10 or 100
   * @param seed of everything random
   * @throws PropertyException if a figure is out of its range
   */
  public QuickSelection(int k, int epochs, long seed) {
    super(k, seed);
    this.epochs = epochs;
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
    require(hidden >= 1, "hidden", "at least 1 unit", hidden);
    require(epsilon > 0 && Double.isFinite(epsilon), "epsilon", "a number above 0", epsilon);
    require(zeta >= 0 && zeta <= 1, "zeta", "a fraction in [0, 1]", zeta);
    require(noise >= 0 && Double.isFinite(noise), "noise", "a number of at least 0", noise);
    require(dropout >= 0 && dropout < 1, "dropout", "a fraction in [0, 1)", dropout);
    require(epochs >= 1, "epochs", "at least 1 epoch", epochs);
    require(batchSize >= 1, "batchSize", "at least 1 example", batchSize);
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learningRate",
        "a number above 0",
        learningRate);
    require(momentum >= 0 && momentum < 1, "momentum", "a fraction in [0, 1)", momentum);
    require(
        weightDecay >= 0 && weightDecay < 1, "weightDecay", "a fraction in [0, 1)", weightDecay);
  }

  @Override
  void requireOutputs(Dataset<T> dataset) {
    // None are needed.
  }

  @Override
  double[] scores(Dataset<T> dataset, FeatureMatrix features, int count) {
    if ((long) features.columns() * hidden > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d features by hidden = %d units are more places for connections than 2^31; lower hidden"
              .formatted(features.columns(), hidden));
    }
    Topology topology = new Topology(features.columns(), hidden, epsilon, zeta, seed());
    Descent descent = new Descent(learningRate, momentum, weightDecay);
    DenoisingAutoencoder network =
        new DenoisingAutoencoder(topology, descent, new Disturbance(noise, dropout), seed());
    network.train(features, epochs, batchSize);
    return network.strengths();
  }
}
