package org.espalier.pruning.core.criterion;

import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.sparse.mask.Scores;

/**
 * Magnitude in standard deviations of the tensor: score = |w| / s, where s is the population
 * standard deviation around the mean, s² = (1/n) sum (w - mean)², over all n weights of the tensor,
 * dead ones included; mean first, then deviations, in row-major order. A weight falls below the
 * threshold q exactly if |w| < q s.
 *
 * <p>Source: S. Han, J. Pool, J. Tran, W. Dally, "Learning both Weights and Connections for
 * Efficient Neural Networks", NIPS 2015, section 4: the threshold of a layer is a quality parameter
 * times the standard deviation of its weights. Where all weights are equal, s = 0: they score +
 * infinity, for no threshold q s reaches them, or 0 if they are zero. Within a tensor it ranks as
 * magnitude does; a convolution's weights are entries like any others.
 */
public enum StdMagnitude implements Criterion {
  /** The only one: the criterion has no parameters. */
  INSTANCE;

  @Override
  public String type() {
    return "std-magnitude";
  }

  @Override
  public Scores score(WeightTensor tensor) {
    Numbers values = tensor.weights();
    double deviation = deviation(values);
    return EachWeight.score(
        tensor,
        (at, output, input) -> values.at(at) == 0 ? 0 : Math.abs(values.at(at)) / deviation);
  }

  private static double deviation(Numbers values) {
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      sum += values.at(i);
    }
    double mean = sum / values.size();
    double squares = 0;
    for (int i = 0; i < values.size(); i++) {
      squares += (values.at(i) - mean) * (values.at(i) - mean);
    }
    return Math.sqrt(squares / values.size());
  }
}
