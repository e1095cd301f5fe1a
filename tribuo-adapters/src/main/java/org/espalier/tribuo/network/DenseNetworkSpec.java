package org.espalier.tribuo.network;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import org.tribuo.ImmutableFeatureMap;

/**
 * A network of dense layers. Its weights are named {@code 01Linear_weight}, {@code
 * 03Linear_weight}, ...: recipes call them so, and blocks between them count.
 */
public final class DenseNetworkSpec implements NetworkSpec {

  @ConfigurableName private String component;

  @Config(description = "Units of each hidden layer; none for a linear model.")
  private int[] hiddenUnits = {64};

  @Config(description = "What hidden layers apply: RELU, SIGMOID or TANH.")
  private ActivationFunction activation = ActivationFunction.RELU;

  @Config(description = "Normalise the batches of each hidden layer.")
  private boolean batchNorm;

  @Config(description = "Fraction of hidden values that training drops, in [0, 1).")
  private double dropout;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private DenseNetworkSpec() {}

  /**
   * A network with ReLU, without batch normalization and dropout.
   *
   * @param hiddenUnits of each hidden layer, at least 1; none for a linear model
   */
  public DenseNetworkSpec(int... hiddenUnits) {
    this(hiddenUnits, ActivationFunction.RELU, false, 0);
  }

  /**
   * A network of dense layers.
   *
   * @param hiddenUnits of each hidden layer, at least 1
   * @param activation what hidden layers apply
   * @param batchNorm whether the batches of each hidden layer are normalized
   * @param dropout fraction of hidden values that training drops, in [0, 1)
   * @throws PropertyException if a figure is out of its range
   */
  public DenseNetworkSpec(
      int[] hiddenUnits, ActivationFunction activation, boolean batchNorm, double dropout) {
    this.hiddenUnits = hiddenUnits.clone();
    this.activation = activation;
    this.batchNorm = batchNorm;
    this.dropout = dropout;
    postConfig();
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    DenseLayers.require(component, "hiddenUnits", hiddenUnits, dropout);
  }

  @Override
  public InputLayout layout(ImmutableFeatureMap features) {
    return InputLayout.flat(features);
  }

  @Override
  public Block newBlock(Model model, int[] input, int outputs) {
    SequentialBlock network = new SequentialBlock();
    for (int units : hiddenUnits) {
      DenseLayers.addHidden(network, units, batchNorm, activation, dropout);
    }
    return network.add(Linear.builder().setUnits(outputs).build());
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "NetworkSpec");
  }
}
