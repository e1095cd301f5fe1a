package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.espalier.pruning.core.forward.Gates;
import org.espalier.sparse.pattern.Tiling;

/**
 * One number per unit of a pattern against the weights of the units. A tiling reads the row-major
 * weights as [bands, height, columns, width] and has one unit per band and column, so that an array
 * [bands, 1, columns, 1] of numbers meets all weights of its units by broadcasting.
 */
final class Units {

  private final Tiling tiling;
  private final Shape weights;
  private final Shape cut;
  private final Shape numbers;

  private Units(Tiling tiling, Shape weights) {
    this.tiling = tiling;
    this.weights = weights;
    cut = new Shape(tiling.bands(), tiling.height(), tiling.columns(), tiling.width());
    numbers = new Shape(tiling.bands(), 1, tiling.columns(), 1);
  }

  static Units of(LayerSite site) {
    return new Units(Gates.tiling(site.pattern(), site.info().shape()), site.shape());
  }

  /** Returns the shape of an array of one number per unit. */
  Shape shape() {
    return numbers;
  }

  int count() {
    return tiling.tiles();
  }

  /** Returns how many weights a unit has. */
  int size() {
    return tiling.size();
  }

  /** Returns the weights, each times the number of its unit. */
  NDArray scale(NDArray array, NDArray byUnit) {
    return array.reshape(cut).mul(byUnit).reshape(weights);
  }

  /** Returns the sum over each unit. */
  NDArray sums(NDArray array) {
    return array.reshape(cut).sum(new int[] {1, 3}, true);
  }
}
