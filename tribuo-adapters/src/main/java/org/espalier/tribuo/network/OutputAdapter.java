package org.espalier.tribuo.network;

import ai.djl.ndarray.NDArray;
import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenancable;
import java.io.Serializable;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXRef;

/**
 * What the values of a network's last layer mean, and the loss that they are trained by. Adapters
 * have no state.
 *
 * @param <T> the kind of output
 */
public sealed interface OutputAdapter<T extends Output<T>>
    extends Configurable, Provenancable<ConfiguredObjectProvenance>, Serializable
    permits LabelAdapter, RegressorAdapter, MultiLabelAdapter {

  /** Returns the class of outputs. */
  Class<T> type();

  /** Returns the name of each value, in the order of the network. */
  List<String> names(ImmutableOutputInfo<T> info);

  /**
   * Writes what the network should answer.
   *
   * @param output what is right
   * @param info of the training data
   * @param targets where to write, one value per name
   * @param from where the first value goes
   * @throws IllegalArgumentException if the output is not to be trained with
   */
  void write(T output, ImmutableOutputInfo<T> info, float[] targets, int from);

  /**
   * Returns the loss of each example, differentiable.
   *
   * @param targets (batch, values)
   * @param values of the network's last layer, (batch, values)
   * @return (batch)
   */
  NDArray losses(NDArray targets, NDArray values);

  /**
   * Returns what the network says of an example.
   *
   * @param values of the network's last layer, in the units of the data
   * @param info of the training data
   * @param used features of the example that training has seen
   */
  Prediction<T> prediction(
      double[] values, ImmutableOutputInfo<T> info, int used, Example<T> example);

  /**
   * Writes into an ONNX graph what the network says, as Tribuo's exported models do: one column per
   * output, in the order of Tribuo's ids.
   *
   * @param values of the network's last layer, in the units of the data, (batch, values)
   * @param info of the training data
   */
  ONNXNode writeGraph(ONNXRef<?> values, ImmutableOutputInfo<T> info);

  /** Returns whether the network learns targets of mean 0 and variance 1 instead of the given. */
  boolean standardises();

  /** Returns whether the scores of predictions are probabilities. */
  boolean generatesProbabilities();
}
