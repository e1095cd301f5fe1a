package org.espalier.pruning.core.compensation;

import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Mask;

/** The survivors stay as they are. */
public enum None implements Compensation {
  /** The only one: the compensation has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "none";
  }

  @Override
  public boolean changesWeights() {
    return false;
  }

  @Override
  public float[] compensated(WeightTensor tensor, Mask mask) {
    float[] values = tensor.values().clone();
    mask.applyTo(values);
    return values;
  }
}
