package org.espalier.pruning.core.update;

import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Selection;

/**
 * Global sparse momentum: at each step only the weights with the largest |g w| over all tensors of
 * the group are active and get their gradient g; all others are passive, their gradient is 0. With
 * Sgd, a momentum and a weight decay, which the optimizer or the regularizer {@code l2} brings,
 * passive weights do nothing but decay, faster and faster through the momentum: z = β z + rate
 * decay w; w = w - z. In the end they are near enough to 0 to be pruned at no loss.
 *
 * <p>Q = floor((1 - sparsity) n + 0.5) of the group's n weights are active, |g w| rounded to single
 * precision; ties keep the lowest index, and the earlier tensor. Dead weights score 0. Shapes and
 * patterns play no part.
 *
 * <p>Source: X. Ding, G. Ding, X. Zhou, Y. Guo, J. Han, J. Liu, "Global Sparse Momentum SGD for
 * Pruning Very Deep Neural Networks", NeurIPS 2019, section 3.2 (from memory). Its momentum is 0.99
 * for LeNet, 0.98 elsewhere, its weight decay 5e-4.
 *
 * @param sparsity fraction of weights that are passive, in [0, 1)
 */
public record SparseMomentum(double sparsity) implements UpdateRule {

  /** Refuses what is no sparsity. */
  public SparseMomentum {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new InvalidInputException(
          "sparsity",
          "a fraction in [0, 1)",
          Double.toString(sparsity),
          "write the sparsity to be pruned to");
    }
  }

  @Override
  public String type() {
    return "sparse-momentum";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("sparsity", sparsity);
  }

  @Override
  public boolean editsGradients() {
    return true;
  }

  @Override
  public void editGradients(List<StepTensor> tensors, StepContext step) {
    int count = tensors.stream().mapToInt(tensor -> tensor.info().elements()).sum();
    float[] scores = new float[count];
    int start = 0;
    for (StepTensor tensor : tensors) {
      score(tensor, scores, start);
      start += tensor.info().elements();
    }
    long[] active = Selection.largest(scores, (int) Counts.kept(sparsity, count));
    int at = 0;
    for (StepTensor tensor : tensors) {
      float[] gradient = tensor.gradient();
      for (int i = 0; i < gradient.length; i++, at++) {
        gradient[i] = (active[at >> 6] >>> at & 1) != 0 ? gradient[i] : 0;
      }
    }
  }

  private static void score(StepTensor tensor, float[] scores, int start) {
    float[] weights = tensor.weights();
    float[] gradient = tensor.gradient();
    for (int i = 0; i < weights.length; i++) {
      float score = Math.abs(gradient[i] * weights[i]);
      if (Float.isNaN(score)) {
        throw new InvalidInputException(
            tensor.info().name() + "[" + i + "]",
            "a gradient and a weight whose product is a number",
            gradient[i] + " and " + weights[i],
            "lower the learning rate");
      }
      scores[start + i] = score;
    }
  }
}
