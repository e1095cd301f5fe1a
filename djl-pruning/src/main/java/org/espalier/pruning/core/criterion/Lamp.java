package org.espalier.pruning.core.criterion;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Magnitude that layers can be compared by: score(u) = w_u² / sum over v >= u of w_v², with the n
 * weights of the tensor, dead ones included, in ascending order of |w|. Equal magnitudes stand with
 * the lower flat index last, so that it gets the higher score (or, by rounding, the same) and a tie
 * still keeps the lowest index. The sum is taken from the largest weight down. The last score is
 * exactly 1 unless all weights are zero; zeros score 0, also where the formula says 0 / 0.
 *
 * <p>Source: J. Lee, S. Park, S. Mo, S. Ahn, J. Shin, "Layer-adaptive Sparsity for the
 * Magnitude-based Pruning", ICLR 2021, section 2, definition of the LAMP score. Within a tensor it
 * ranks as magnitude does; the paper's method is this criterion with the allocation {@code global}.
 * A convolution's weights are entries like any others.
 */
public enum Lamp implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "lamp";
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers weights = tensor.weights();
    return Scores.of(weights.areFloats() ? scores(weights.toFloats()) : scores(weights));
  }

  private static double[] scores(float[] values) {
    // One sortable number per weight: bits of |w| above, complement of the index below.
    long[] order = new long[values.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) Float.floatToRawIntBits(Math.abs(values[i])) << 32 | (~i & 0xffffffffL);
    }
    Arrays.sort(order);
    double[] scores = new double[values.length];
    double sum = 0;
    for (int u = order.length - 1; u >= 0; u--) {
      double magnitude = Float.intBitsToFloat((int) (order[u] >>> 32));
      double square = magnitude * magnitude;
      sum += square;
      scores[~(int) order[u]] = square == 0 ? 0 : square / sum;
    }
    return scores;
  }

  /** The same in double precision, which no single number per weight can sort. */
  private static double[] scores(Numbers values) {
    double[] squares = values.map(i -> values.at(i) * values.at(i));
    int[] descending =
        IntStream.range(0, squares.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(values.at(i))))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] scores = new double[squares.length];
    double sum = 0;
    // The sort is stable: of equal weights the lowest index is met first, by the smallest sum.
    for (int i : descending) {
      sum += squares[i];
      scores[i] = squares[i] == 0 ? 0 : squares[i] / sum;
    }
    return scores;
  }
}
