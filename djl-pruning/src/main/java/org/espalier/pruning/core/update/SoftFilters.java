package org.espalier.pruning.core.update;

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
 * convolutional neural networks", IJCAI 2018, algorithm 1 (from memory); its rate is 0.3.
 *
 * @param sparsity fraction of filters that are set to 0, in [0, 1)
 * @param every steps from one time to the next, at least 1
 */
public record SoftFilters(double sparsity, long every) implements UpdateRule {

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
  }

  @Override
  public String type() {
    return "soft-filters";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("sparsity", sparsity, "every", every);
  }

  @Override
  public boolean editsWeights() {
    return true;
  }

  @Override
  public void editWeights(StepTensor tensor, StepContext step) {
    if ((step.time().step() + 1) % every != 0) {
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
    long[] kept = Selection.largest(norms, (int) Math.max(1, Counts.kept(sparsity, filters)));
    for (int i = 0; i < weights.length; i++) {
      int filter = i / width;
      if ((kept[filter >> 6] >>> filter & 1) == 0) {
        weights[i] = 0;
      }
    }
  }
}
