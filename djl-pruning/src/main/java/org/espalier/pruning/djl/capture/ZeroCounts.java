package org.espalier.pruning.djl.capture;

/** Counts exact zeros per feature. */
final class ZeroCounts {

  private final long[] zeros;
  private long positions;

  ZeroCounts(int features) {
    zeros = new long[features];
  }

  void add(Features batch) {
    for (int o = 0; o < batch.outer(); o++) {
      for (int f = 0; f < zeros.length; f++) {
        int start = (o * zeros.length + f) * batch.inner();
        for (int i = start; i < start + batch.inner(); i++) {
          if (batch.values()[i] == 0f) {
            zeros[f]++;
          }
        }
      }
    }
    positions += batch.positions();
  }

  /** Returns zeros / values of each feature. */
  float[] fractions() {
    float[] fractions = new float[zeros.length];
    for (int f = 0; f < fractions.length; f++) {
      fractions[f] = (float) ((double) zeros[f] / positions);
    }
    return fractions;
  }
}
