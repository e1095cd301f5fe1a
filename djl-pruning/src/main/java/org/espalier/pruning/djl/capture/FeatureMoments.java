package org.espalier.pruning.djl.capture;

/**
 * Sums of squares and variances per feature, batch by batch, in double precision and in a fixed
 * order, so that equal batches give equal bits. Variances of batches are merged by Chan, Golub and
 * LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979,
 * equation 1.5: no difference of large sums.
 */
final class FeatureMoments {

  private final double[] squares;
  private final double[] mean;
  private final double[] deviations;
  private long positions;

  FeatureMoments(int features) {
    squares = new double[features];
    mean = new double[features];
    deviations = new double[features];
  }

  void add(Features batch) {
    double[] batchMean = new double[mean.length];
    for (int o = 0; o < batch.outer(); o++) {
      for (int f = 0; f < mean.length; f++) {
        int start = (o * mean.length + f) * batch.inner();
        for (int i = start; i < start + batch.inner(); i++) {
          double value = batch.values()[i];
          batchMean[f] += value;
          squares[f] += value * value;
        }
      }
    }
    for (int f = 0; f < mean.length; f++) {
      batchMean[f] /= batch.positions();
    }
    merge(batchMean, deviations(batch, batchMean), batch.positions());
  }

  private static double[] deviations(Features batch, double[] mean) {
    double[] deviations = new double[mean.length];
    for (int o = 0; o < batch.outer(); o++) {
      for (int f = 0; f < mean.length; f++) {
        int start = (o * mean.length + f) * batch.inner();
        for (int i = start; i < start + batch.inner(); i++) {
          double deviation = batch.values()[i] - mean[f];
          deviations[f] += deviation * deviation;
        }
      }
    }
    return deviations;
  }

  private void merge(double[] batchMean, double[] batchDeviations, long batchPositions) {
    long all = positions + batchPositions;
    for (int f = 0; f < mean.length; f++) {
      double shift = batchMean[f] - mean[f];
      deviations[f] +=
          batchDeviations[f] + shift * shift * ((double) positions * batchPositions / all);
      mean[f] += shift * ((double) batchPositions / all);
    }
    positions = all;
  }

  /** Returns sqrt(sum of squares) of each feature. */
  float[] norms() {
    float[] norms = new float[squares.length];
    for (int f = 0; f < norms.length; f++) {
      norms[f] = (float) Math.sqrt(squares[f]);
    }
    return norms;
  }

  /** Returns the population variance of each feature: divided by the number of positions. */
  float[] variances() {
    float[] variances = new float[deviations.length];
    for (int f = 0; f < variances.length; f++) {
      variances[f] = (float) (deviations[f] / positions);
    }
    return variances;
  }
}
