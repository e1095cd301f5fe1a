package org.espalier.pruning.djl.evidence;

import java.util.List;

/**
 * Products of the Hessian of a sum of objectives with vectors, by central differences of exact
 * gradients: H v = (∇L(w + h v) - ∇L(w - h v)) / 2h, with h = δ max(1, ‖w‖) / ‖v‖ (Pearlmutter,
 * "Fast exact multiplication by the Hessian", 1994, section 2, in its central form).
 *
 * <p>δ is 1e-8 in double precision: the error is then about 1e-8 of ‖∇L‖/‖w‖ from rounding, and
 * nothing from the third derivative. It is as small as that because a ReLU whose input changes sign
 * within the step adds the jump of the gradient; at 1e-8 that hits about one in ten million
 * activations. In single precision (recurrent networks, which are smooth) δ is 2^(-23/3), which
 * balances the two errors at about 1e-4. DJL offers no gradient of a gradient.
 */
final class HessianProducts {

  private static final double DELTA_DOUBLE = 1e-8;
  private static final double DELTA_SINGLE = Math.cbrt(0x1p-23);

  private final NetworkCopy copy;
  private final List<Objective> objectives;
  private final double step;

  HessianProducts(NetworkCopy copy, List<Objective> objectives) {
    this.copy = copy;
    this.objectives = objectives;
    double delta = copy.isDouble() ? DELTA_DOUBLE : DELTA_SINGLE;
    this.step = delta * Math.max(1, Vectors.norm(copy.weights()));
  }

  /** Returns the product with a vector, all zeros for the vector of zeros. */
  double[][] times(double[][] vector) {
    double[][] product = copy.zeros();
    double norm = Vectors.norm(vector);
    if (norm == 0) {
      return product;
    }
    double h = step / norm;
    for (Objective objective : objectives) {
      Vectors.add(product, 0.5 / h, copy.gradientAt(objective, vector, h));
      Vectors.add(product, -0.5 / h, copy.gradientAt(objective, vector, -h));
    }
    return product;
  }
}
