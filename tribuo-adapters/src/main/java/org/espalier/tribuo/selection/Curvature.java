package org.espalier.tribuo.selection;

/** Which second derivatives of the loss {@link CellDamageSelector} takes. */
public enum Curvature {
  /** The diagonal of the Hessian; away from a minimum it can be negative. */
  EXACT,
  /** That of Gauss and Newton, without the hidden units' own curvature; never negative. */
  GAUSS_NEWTON
}
