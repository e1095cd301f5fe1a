package org.espalier.pruning.core.update;

import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;

/**
 * Pulls the filters of a cluster together until they are equal: F_j = F_j - τ (mean over k in H(j)
 * of ∂L/∂F_k + η F_j + ε (F_j - mean over k in H(j) of F_k)), where H(j) is the cluster of filter
 * j. The rule sets the gradient to the first and the last term; η is the weight decay of the
 * optimizer, or of the regularizer {@code l2}. With plain Sgd the distance of a filter from its
 * cluster's mean shrinks by the factor 1 - τ (η + ε) in every step, whatever the data; {@code
 * Trimming} then keeps one filter of each cluster.
 *
 * <p>Filters are what axis 0 of a tensor counts. A tensor of n filters has C = floor((1 - sparsity)
 * n + 0.5) clusters, at least 1, of consecutive filters and of sizes that differ by at most one:
 * filter j belongs to cluster floor(j C / n). That is the paper's even clustering; its other, by
 * k-means, is left out because biases and norms must be clustered as the weights are. Put these
 * into the group, too: filters are equal only when their biases and norms are.
 *
 * <p>Source: X. Ding, G. Ding, Y. Guo, J. Han, "Centripetal SGD for pruning very deep convolutional
 * networks with complicated structure", CVPR 2019, equation 4 and section 3.2 (numbers from
 * memory). ε is 3e-3 in the paper. Masks and patterns play no part.
 *
 * @param sparsity fraction of filters that can be trimmed in the end, in [0, 1)
 * @param strength ε, at least 0
 */
public record Centripetal(double sparsity, double strength) implements UpdateRule {

  /** Refuses numbers out of their ranges. */
  public Centripetal {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new InvalidInputException(
          "sparsity",
          "a fraction in [0, 1)",
          Double.toString(sparsity),
          "write the fraction of filters to be trimmed");
    }
    if (!(strength >= 0 && strength < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "strength", "a number of at least 0", Double.toString(strength), "use 3e-3");
    }
  }

  @Override
  public String type() {
    return "centripetal";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("sparsity", sparsity, "strength", strength);
  }

  @Override
  public boolean editsGradients() {
    return true;
  }

  @Override
  public void editGradients(List<StepTensor> tensors, StepContext step) {
    for (StepTensor tensor : tensors) {
      int filters = tensor.info().shape()[0];
      int clusters = (int) Math.max(1, Counts.kept(sparsity, filters));
      int first = 0;
      for (int next = 1; next <= filters; next++) {
        if (next == filters
            || cluster(next, clusters, filters) != cluster(first, clusters, filters)) {
          pull(tensor, first, next, tensor.gradient().length / filters);
          first = next;
        }
      }
    }
  }

  private static long cluster(int filter, int clusters, int filters) {
    return (long) filter * clusters / filters;
  }

  /** One cluster, the filters from first to before end, of so many entries each. */
  private void pull(StepTensor tensor, int first, int end, int width) {
    float[] gradient = tensor.gradient();
    float[] weights = tensor.weights();
    for (int entry = 0; entry < width; entry++) {
      double slope = 0;
      double center = 0;
      for (int filter = first; filter < end; filter++) {
        slope += gradient[filter * width + entry];
        center += weights[filter * width + entry];
      }
      slope /= end - first;
      center /= end - first;
      for (int filter = first; filter < end; filter++) {
        int at = filter * width + entry;
        gradient[at] = (float) (slope + strength * (weights[at] - center));
      }
    }
  }
}
