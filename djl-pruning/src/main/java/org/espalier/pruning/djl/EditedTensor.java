package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.regularizer.Penalized;
import org.espalier.pruning.core.update.StepTensor;
import org.espalier.sparse.mask.Mask;

/** One parameter whose steps are edited: its numbers on the host, made once and used again. */
final class EditedTensor {

  private static final float[] NONE = {};

  private final TensorInfo info;
  private final PruningGroup group;
  private final List<NDArray> arrays;
  private final HostCopy weights;
  private HostCopy gradient;
  private Mask dense;
  private double learningRate = Double.NaN;
  private boolean trained;

  /**
   * @param arrays of the parameter, one per device; a live list
   */
  EditedTensor(TensorInfo info, PruningGroup group, List<NDArray> arrays) {
    this.info = info;
    this.group = group;
    this.arrays = arrays;
    this.weights = new HostCopy(info.elements());
  }

  TensorInfo info() {
    return info;
  }

  /** A step begins: notes whether the parameter is trained in it, and at which rate. */
  void begin(boolean isTrained, double rate) {
    trained = isTrained;
    learningRate = rate;
  }

  /** Returns whether the parameter is not frozen in this step. */
  boolean trained() {
    return trained;
  }

  double learningRate() {
    return learningRate;
  }

  /** Reads the weights, the same on all devices. */
  void readWeights() {
    weights.read(arrays.get(0));
  }

  /** Reads the gradient of all devices together, as DJL's parameter server adds them. */
  void readGradient() {
    if (gradient == null) {
      gradient = new HostCopy(info.elements());
    }
    for (int i = 0; i < arrays.size(); i++) {
      try (NDArray live = arrays.get(i).getGradient()) {
        if (i == 0) {
          gradient.read(live);
        } else {
          gradient.add(live);
        }
      }
    }
  }

  HostCopy weights() {
    return weights;
  }

  HostCopy gradient() {
    return gradient;
  }

  /** Returns the weights as they were read last, for regularizers. */
  Penalized penalized(PruningState state) {
    return new Penalized(
        info.name(), info.shape(), weights.values(), group.pattern(), state.time());
  }

  /** Returns the numbers as they were read last, for an update rule. */
  StepTensor stepTensor(PruningState state, boolean withGradient, float[] initial) {
    return new StepTensor(
        info,
        mask(state),
        weights.values(),
        withGradient ? gradient.values() : NONE,
        initial == null ? NONE : initial,
        learningRate);
  }

  private Mask mask(PruningState state) {
    Mask mask = state.masks().get(info.name());
    if (mask == null && dense == null) {
      dense = Mask.dense(info.shape());
    }
    return mask == null ? dense : mask;
  }
}
