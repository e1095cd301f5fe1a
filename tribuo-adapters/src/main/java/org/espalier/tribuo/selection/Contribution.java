package org.espalier.tribuo.selection;

/** What {@link CompensationSelector} takes for the contribution of a feature. */
public enum Contribution {
  /**
   * The change of the hidden units' net inputs that is left when the other inputs have made good
   * what they can: a least squares problem per feature and removal.
   */
  COMPENSATED,
  /**
   * The change before that, as the paper has it: the residual at which its solver begins. One least
   * squares problem per removal.
   */
  INITIAL
}
