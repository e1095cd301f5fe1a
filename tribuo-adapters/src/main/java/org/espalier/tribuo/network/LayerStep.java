package org.espalier.tribuo.network;

/** A layer that is ready to run; any number of threads may run it at once. */
@FunctionalInterface
public interface LayerStep {

  /**
   * Computes the layer.
   *
   * @param input feature-major: value f of example b at {@code f * batch + b}; may be overwritten
   * @param batch how many examples, at least 1
   * @return the output in the same order; may be the array that was given
   */
  float[] run(float[] input, int batch);
}
