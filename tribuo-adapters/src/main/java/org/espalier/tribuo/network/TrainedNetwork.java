package org.espalier.tribuo.network;

import java.io.Serializable;
import java.util.List;
import org.tribuo.util.onnx.ONNXRef;

/** A trained network: its weights in Java memory, and how it computes with them. */
sealed interface TrainedNetwork extends Serializable permits LayeredNetwork, EngineNetwork {

  /** Returns the shape of one example. */
  int[] inputShape();

  /** Returns the values that it makes of one example. */
  int outputs();

  /** Returns how many examples to compute at once, at most. */
  int largestBatch();

  /**
   * Computes the network.
   *
   * @param input feature-major: value f of example b at {@code f * batch + b}; may be overwritten
   * @param batch how many examples, at least 1
   * @return the outputs in the same order
   */
  float[] run(float[] input, int batch);

  /**
   * Writes the network into an ONNX graph.
   *
   * @param input (batch, features), or (batch, channels, height, width)
   * @return the outputs, (batch, outputs)
   * @throws org.espalier.sparse.InvalidInputException if that is not possible
   */
  ONNXRef<?> writeGraph(ONNXRef<?> input);

  /** Returns the weights that are pruned unless a recipe says otherwise. */
  List<WeightCount> weights();

  /** Returns the same network, which shares no native memory with this one. */
  TrainedNetwork copy();

  /** Frees what is not Java memory. */
  void close();
}
