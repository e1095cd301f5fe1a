package org.espalier.pruning.core.update;

import java.util.List;
import org.espalier.pruning.core.config.Component;

/**
 * Changes what an optimizer is given or what it has done. Works on the host, at every step. A pure
 * function of its arguments.
 */
public interface UpdateRule extends Component {

  /** Returns whether {@link #editGradients} does anything. */
  default boolean editsGradients() {
    return false;
  }

  /** Returns whether {@link #editWeights} does anything. */
  default boolean editsWeights() {
    return false;
  }

  /** Returns whether it needs the values from the begin of training. */
  default boolean needsInitialValues() {
    return false;
  }

  /**
   * Edits the gradients of all tensors of the group in place, before the optimizer's update. They
   * are those of the data loss: penalties are added afterwards.
   *
   * @param tensors in name order, without frozen ones; only their gradients may be changed
   */
  default void editGradients(List<StepTensor> tensors, StepContext step) {}

  /**
   * Edits the weights of one tensor in place, after the optimizer's update and the proximal steps
   * of regularizers, before masking.
   */
  default void editWeights(StepTensor tensor, StepContext step) {}
}
