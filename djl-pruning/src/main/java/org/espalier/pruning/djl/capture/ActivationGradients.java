package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums a ∂L/∂a per feature. A zero is added to each activation: its gradient is that of the
 * activation, entry by entry, so that products are summed in double precision here and not in
 * single precision by the engine, as they would be with a gate of one per channel.
 */
final class ActivationGradients {

  private record Watched(NDArray zeros, Features activation) {}

  private final List<Watched> pending = new ArrayList<>();
  private final double[] sums;
  private long positions;

  ActivationGradients(int features) {
    sums = new double[features];
  }

  /** Returns the activation as the network must go on with it. */
  NDArray watch(NDArray activation, Features values) {
    NDArray zeros = activation.zerosLike();
    // BERT frees what its layers compute before the backward pass: this one is ours to close.
    zeros.detach();
    zeros.setRequiresGradient(true);
    pending.add(new Watched(zeros, values));
    return activation.add(zeros);
  }

  /** Adds what the backward pass of the batch left. */
  void collect() {
    for (Watched watched : pending) {
      Features a = watched.activation();
      try (NDArray zeros = watched.zeros();
          NDArray gradient = zeros.getGradient()) {
        add(a, Features.toFloats(gradient));
      }
      positions += a.positions();
    }
    pending.clear();
  }

  private void add(Features a, float[] gradients) {
    for (int o = 0; o < a.outer(); o++) {
      for (int f = 0; f < sums.length; f++) {
        int start = (o * sums.length + f) * a.inner();
        for (int i = start; i < start + a.inner(); i++) {
          sums[f] += (double) a.values()[i] * gradients[i];
        }
      }
    }
  }

  /** Returns the sum over positions of each feature. */
  float[] means() {
    float[] means = new float[sums.length];
    for (int f = 0; f < means.length; f++) {
      means[f] = (float) (sums[f] / positions);
    }
    return means;
  }
}
