package org.espalier.tribuo.network;

import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.Arrays;

/** Dense hidden layers as DJL blocks, and the properties that describe them. */
final class DenseLayers {

  private DenseLayers() {}

  /**
   * Refuses layers without units, and a dropout that drops all.
   *
   * @param component name of the component, for the message; may be null
   * @param property with the units
   */
  static void require(String component, String property, int[] units, double dropout) {
    if (Arrays.stream(units).anyMatch(n -> n < 1)) {
      throw new PropertyException(
          component,
          property,
          "expected at least 1 unit in each layer, found " + Arrays.toString(units));
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new PropertyException(
          component, "dropout", "expected a fraction in [0, 1), found " + dropout);
    }
  }

  /** Adds a dense layer, batch normalization if wanted, an activation, dropout if wanted. */
  static void addHidden(
      SequentialBlock network,
      int units,
      boolean batchNorm,
      ActivationFunction activation,
      double dropout) {
    network.add(Linear.builder().setUnits(units).build());
    if (batchNorm) {
      network.add(BatchNorm.builder().build());
    }
    network.add(activation.newBlock());
    if (dropout > 0) {
      network.add(Dropout.builder().optRate((float) dropout).build());
    }
  }
}
