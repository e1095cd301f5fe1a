package org.espalier.tribuo.selection;

import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A sparse autoencoder that learns to give back features from features with noise: h = sigmoid(Wx +
 * b), y = Vh + c, with the loss ½ ‖y − x‖². After each epoch but the last, connections move.
 * Sources: see {@link QuickSelection}; the task is that of P. Vincent et al., "Extracting and
 * Composing Robust Features with Denoising Autoencoders", ICML 2008.
 */
final class DenoisingAutoencoder {

  private final Topology topology;
  private final Descent descent;
  private final Disturbance disturbance;
  private final Random normal;
  private final SplittableRandom random;
  private final SparseLayer encoder;
  private final SparseLayer decoder;

  /** Draws connections and weights. */
  DenoisingAutoencoder(Topology topology, Descent descent, Disturbance disturbance, long seed) {
    this.topology = topology;
    this.descent = descent;
    this.disturbance = disturbance;
    // Its normal numbers are specified to the bit; the other one is fast.
    this.normal = new Random(seed);
    this.random = new SplittableRandom(seed);
    this.encoder = new SparseLayer(topology.mask(Topology.ENCODER), normal);
    this.decoder = new SparseLayer(topology.mask(Topology.DECODER), normal);
  }

  /** Returns the strength of each feature. */
  double[] strengths() {
    return encoder.strengths();
  }

  SparseLayer encoder() {
    return encoder;
  }

  SparseLayer decoder() {
    return decoder;
  }

  /** Trains. */
  void train(FeatureMatrix features, int epochs, int batchSize) {
    float[][] noisy = noisy(features.rows());
    int[] order = new int[noisy.length];
    for (int p = 0; p < order.length; p++) {
      order[p] = p;
    }
    Batch batch =
        new Batch(topology.inputs(), topology.hidden(), Math.min(batchSize, order.length));
    for (int epoch = 0; epoch < epochs; epoch++) {
      if (epoch > 0) {
        evolve();
      }
      Shuffle.shuffle(order, random);
      for (int from = 0; from < order.length; from += batchSize) {
        int size = Math.min(batchSize, order.length - from);
        batch.load(noisy, features.rows(), order, from, size);
        step(batch, size);
      }
    }
  }

  private float[][] noisy(float[][] rows) {
    float[][] noisy = new float[rows.length][];
    for (int p = 0; p < rows.length; p++) {
      noisy[p] = rows[p].clone();
      for (int i = 0; i < noisy[p].length; i++) {
        noisy[p][i] += (float) (disturbance.noise() * normal.nextGaussian());
      }
    }
    return noisy;
  }

  private void evolve() {
    topology.evolve(Map.of(Topology.ENCODER, encoder.dense(), Topology.DECODER, decoder.dense()));
    encoder.connect(topology.mask(Topology.ENCODER), normal);
    decoder.connect(topology.mask(Topology.DECODER), normal);
  }

  private void step(Batch batch, int size) {
    encoder.forward(batch.noisy, batch.hidden, size);
    activate(batch, size);
    decoder.forward(batch.hidden, batch.error, size);
    for (int i = 0; i < batch.error.length; i++) {
      for (int b = 0; b < size; b++) {
        batch.error[i][b] -= batch.clean[i][b];
      }
    }
    decoder.backward(batch.error, batch.delta, size);
    for (int j = 0; j < batch.delta.length; j++) {
      float[] h = batch.hidden[j];
      // Of a unit that was left out h is 0, and so is what comes back.
      for (int b = 0; b < size; b++) {
        batch.delta[j][b] *= h[b] * (1 - h[b]);
      }
    }
    decoder.learn(batch.hidden, batch.error, size, descent);
    encoder.learn(batch.noisy, batch.delta, size, descent);
  }

  private void activate(Batch batch, int size) {
    double dropout = disturbance.dropout();
    for (float[] h : batch.hidden) {
      for (int b = 0; b < size; b++) {
        boolean out = dropout > 0 && random.nextDouble() < dropout;
        h[b] = out ? 0 : (float) (1 / (1 + StrictMath.exp(-h[b])));
      }
    }
  }

  /** The numbers of a step, each (units, batch). */
  private static final class Batch {

    private final float[][] clean;
    private final float[][] noisy;
    private final float[][] hidden;
    private final float[][] error;
    private final float[][] delta;

    Batch(int inputs, int units, int size) {
      clean = new float[inputs][size];
      noisy = new float[inputs][size];
      error = new float[inputs][size];
      hidden = new float[units][size];
      delta = new float[units][size];
    }

    void load(float[][] noisyRows, float[][] rows, int[] order, int from, int size) {
      for (int b = 0; b < size; b++) {
        float[] row = rows[order[from + b]];
        float[] other = noisyRows[order[from + b]];
        for (int i = 0; i < row.length; i++) {
          clean[i][b] = row[i];
          noisy[i][b] = other[i];
        }
      }
    }
  }
}
