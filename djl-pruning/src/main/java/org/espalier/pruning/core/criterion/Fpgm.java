package org.espalier.pruning.core.criterion;

import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Keeps filters far from the others, for the one nearest to the geometric median can be replaced by
 * them: every weight of filter j scores sum over all k, in ascending order, of ||F_j - F_k||_2,
 * where F_j is row j of the matrix view (a convolution's filter [j, :, :, :]) as it is, dead
 * filters among them. Differences, squares and sums over a row are taken entry by entry, no Gram
 * matrix: equal filters get equal scores bit for bit, and tie. Cost: rows² columns / 2 steps.
 *
 * <p>Source: Y. He, P. Liu, Z. Wang, Z. Hu, Y. Yang, "Filter Pruning via Geometric Median for Deep
 * Convolutional Neural Networks Acceleration", CVPR 2019, section 3.3: the sum of distances to all
 * filters of the layer, least pruned first. All weights of a filter tie, so the criterion is meant
 * for the pattern {@code channel}; the aggregate {@code mean} leaves the sum as it is.
 */
public enum Fpgm implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "fpgm";
  }

  @Override
  public boolean perFeature() {
    return true;
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    int[] shape = tensor.shape();
    int rows = shape.length > 0 ? shape[0] : 1;
    double[] distances = new double[rows];
    for (int j = 0; j < rows; j++) {
      for (int k = j + 1; k < rows; k++) {
        double distance = distance(values, j, k, values.size() / rows);
        distances[j] += distance;
        distances[k] += distance;
      }
    }
    return EachWeight.score(tensor, (at, output, input) -> distances[output]);
  }

  private static double distance(Numbers values, int j, int k, int columns) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      double difference = values.at(j * columns + c) - values.at(k * columns + c);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
