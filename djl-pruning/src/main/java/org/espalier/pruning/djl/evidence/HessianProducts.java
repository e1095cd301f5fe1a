package org.espalier.pruning.djl.evidence;

import java.util.List;

/**
 * Products of the Hessian of a sum of objectives with vectors, by central differences of exact
 * gradients: H v = (∇L(w + h v) - ∇L(w - h v)) / 2h, with h = δ max(1, ‖w‖) / ‖v‖. (The limit of
 * the one-sided form is where Pearlmutter, "Fast exact multiplication by the Hessian", Neural
 * Computation 1994, begins.)
 *
 * <p>δ is 1e-8 in double precision: rounding then costs about 1e-8 of ‖∇L‖/‖w‖, the third
 * derivative nothing. It is as small as that because a ReLU whose input changes sign within the
 * step would add the jump of the gradient, divided by the step. In single precision (recurrent
 * networks, which are smooth) δ is 2^(-23/3), which balances the two errors at about 1e-4.
 *
 * <p>Why not two backward passes: DJL's gradient collector keeps no graph of the derivative. The
 * PyTorch engine can, below its API, but then a parameter and its gradient own each other, and DJL
 * cannot part them.
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
