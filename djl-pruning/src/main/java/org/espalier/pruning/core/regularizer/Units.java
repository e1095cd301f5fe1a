package org.espalier.pruning.core.regularizer;

import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Tiled;
import org.espalier.sparse.pattern.Tiling;

/**
 * The groups of weights that are penalized together: the units of a pattern that cuts tensors into
 * tiles. Other patterns choose weight by weight and have no such groups.
 */
final class Units {

  private final Tiling tiling;

  private Units(Tiling tiling) {
    this.tiling = tiling;
  }

  /** Returns the units of a tensor under its group's pattern. */
  static Units of(Penalized tensor) {
    return new Units(((Tiled) tensor.pattern()).tiling(tensor.shape()));
  }

  /**
   * Refuses a pattern whose units are single weights.
   *
   * @param type name of the regularizer
   */
  static void require(String type, SparsityPattern pattern) {
    if (!(pattern instanceof Tiled)) {
      throw new InvalidInputException(
          "pattern",
          "one that cuts tensors into groups (block, vector, kernel, channel, input-channel, head)"
              + " for the regularizer '"
              + type
              + "'",
          "'" + pattern.text() + "', whose units are single weights",
          "choose such a pattern, or l1 for single weights");
    }
  }

  int count() {
    return tiling.tiles();
  }

  /** Returns the number of weights in each unit. */
  int size() {
    return tiling.size();
  }

  /** Returns the Euclidean length of each unit. */
  double[] lengths(float[] weights) {
    double[] lengths = new double[count()];
    forEachLine(
        (unit, at) -> {
          for (int c = 0; c < tiling.columns(); c++) {
            lengths[unit + c] += (double) weights[at + c] * weights[at + c];
          }
        },
        (unit, at) -> lengths[unit] += Weights.sumOfSquares(weights, at, at + tiling.width()));
    for (int unit = 0; unit < lengths.length; unit++) {
      lengths[unit] = Math.sqrt(lengths[unit]);
    }
    return lengths;
  }

  /** Returns the sum of |w| of each unit. */
  double[] sizes(float[] weights) {
    double[] sizes = new double[count()];
    forEachLine(
        (unit, at) -> {
          for (int c = 0; c < tiling.columns(); c++) {
            sizes[unit + c] += Math.abs(weights[at + c]);
          }
        },
        (unit, at) -> sizes[unit] += Weights.sumOfAbsolutes(weights, at, at + tiling.width()));
    return sizes;
  }

  /**
   * Adds factor w to a gradient.
   *
   * @param factors one per unit
   */
  void addScaled(float[] weights, double[] factors, float[] gradient) {
    forEachLine(
        (unit, at) -> {
          for (int c = 0; c < tiling.columns(); c++) {
            gradient[at + c] += (float) factors[unit + c] * weights[at + c];
          }
        },
        (unit, at) -> {
          float factor = (float) factors[unit];
          for (int i = at; i < at + tiling.width(); i++) {
            gradient[i] += factor * weights[i];
          }
        });
  }

  /**
   * Replaces every w by factor w; where the factor is 0, by exactly +0.
   *
   * @param factors one per unit, at least 0
   */
  void scale(float[] weights, double[] factors) {
    forEachLine(
        (unit, at) -> {
          for (int c = 0; c < tiling.columns(); c++) {
            // Adding +0 makes -0 +0.
            weights[at + c] = (float) factors[unit + c] * weights[at + c] + 0f;
          }
        },
        (unit, at) -> {
          float factor = (float) factors[unit];
          for (int i = at; i < at + tiling.width(); i++) {
            weights[i] = factor * weights[i] + 0f;
          }
        });
  }

  /** Works on consecutive weights. */
  @FunctionalInterface
  private interface Run {

    /**
     * @param unit of the first weight
     * @param at index of the first weight
     */
    void accept(int unit, int at);
  }

  /**
   * Goes over all weights in their order.
   *
   * @param line called for as many weights, each of the next unit, as there are columns; where
   *     tiles are one weight wide
   * @param run called for as many weights of one unit as a tile is wide; elsewhere
   */
  private void forEachLine(Run line, Run run) {
    int at = 0;
    for (int band = 0; band < tiling.bands(); band++) {
      int first = band * tiling.columns();
      for (int row = 0; row < tiling.height(); row++) {
        if (tiling.width() == 1) {
          line.accept(first, at);
          at += tiling.columns();
        } else {
          for (int unit = first; unit < first + tiling.columns(); unit++) {
            run.accept(unit, at);
            at += tiling.width();
          }
        }
      }
    }
  }
}
