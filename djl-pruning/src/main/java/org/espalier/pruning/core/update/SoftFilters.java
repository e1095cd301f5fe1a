package org.espalier.pruning.core.update;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Selection;

/**
 * Soft filter pruning: every so many steps, an epoch's, the filters of least L2 norm of each tensor
 * are set to 0 and go on training, so that they may return. In the end, after the last time, they
 * are pruned for good, by a decision with the pattern {@code channel} and the aggregate {@code l2}
 * that finds the same filters.
 *
 * <p>Filters are what axis 0 of a tensor counts; of n of them floor((1 - sparsity) n + 0.5) keep
 * their values, at least 1; norms in single precision, ties keep the lower index. The optimizer's
 * memory stays.
 *
 * <p>Source: Y. He, G. Kang, X. Dong, Y. Fu, Y. Yang, "Soft filter pruning for accelerating deep
 * convolutional neural networks", IJCAI 2018, algorithm 1 (from memory); its rate is 0.3. The rise:
 * Y. He, X. Dong, G. Kang, Y. Fu, C. Yan, Y. Yang, "Asymptotic Soft Filter Pruning for Deep
 * Convolutional Neural Networks", IEEE Transactions on Cybernetics 2019 (from memory): a exp(-k t)
 * + b through 0 at the begin, 3/4 of the sparsity after an eighth of the rise, and all of it at its
 * end.
 *
 * @param sparsity fraction of filters that are set to 0, in [0, 1)
 * @param every steps from one time to the next, at least 1
 * @param rise steps until the fraction is reached; 0 begins with it
 */
public record SoftFilters(double sparsity, long every, long rise) implements UpdateRule {

  /** exp(-k rise / 8): the root of 1 + y + ... + y^7 = 4/3, which the three points come down to. */
  private static final double EIGHTH = 0.2500114482849559;

  /** Refuses numbers out of their ranges. */
  public SoftFilters {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new InvalidInputException(
          "sparsity", "a fraction in [0, 1)", Double.toString(sparsity), "use 0.3");
    }
    if (every < 1) {
      throw new InvalidInputException(
          "every", "an integer of at least 1", Long.toString(every), "write the steps of an epoch");
    }
    if (rise < 0) {
      throw new InvalidInputException(
          "rise", "an integer of at least 0", Long.toString(rise), "write 0, or steps");
    }
  }

  /** Soft filter pruning with a constant fraction. */
  public SoftFilters(double sparsity, long every) {
    this(sparsity, every, 0);
  }

  @Override
  public String type() {
    return "soft-filters";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("sparsity", sparsity);
    parameters.put("every", every);
    parameters.put("rise", rise);
    return parameters;
  }

  @Override
  public boolean editsWeights() {
    return true;
  }

  private double sparsityAfter(long steps) {
    if (steps >= rise) {
      return sparsity;
    }
    double risen = 1 - Math.pow(EIGHTH, 8.0 * steps / rise);
    return sparsity * risen / (1 - Math.pow(EIGHTH, 8));
  }

  @Override
  public void editWeights(StepTensor tensor, StepContext step) {
    long done = step.time().step() + 1;
    if (done % every != 0) {
      return;
    }
    float[] weights = tensor.weights();
    int filters = tensor.info().shape()[0];
    int width = weights.length / filters;
    float[] norms = new float[filters];
    for (int filter = 0; filter < filters; filter++) {
      double sum = 0;
      for (int i = filter * width; i < (filter + 1) * width; i++) {
        sum += (double) weights[i] * weights[i];
      }
      norms[filter] = (float) Math.sqrt(sum);
    }
    long[] kept =
        Selection.largest(norms, (int) Math.max(1, Counts.kept(sparsityAfter(done), filters)));
    for (int i = 0; i < weights.length; i++) {
      int filter = i / width;
      if ((kept[filter >> 6] >>> filter & 1) == 0) {
        weights[i] = 0;
      }
    }
  }
}
