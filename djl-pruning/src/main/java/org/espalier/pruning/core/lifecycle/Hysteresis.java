package org.espalier.pruning.core.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Decision;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * Dynamic network surgery: a living weight dies where |w| is at most a = 0.9 τ, a dead one comes
 * back where |w| is above b = 1.1 τ, and between them nothing toggles. τ = max(0, μ + c σ), with
 * the mean μ and the population standard deviation σ of |w| over a tensor's living weights at the
 * first decision. A tensor takes part in a decision with probability (1 + γ i)^-power, i the counts
 * since the schedule's begin. Weights come back only under a forward rule in which dead weights go
 * on learning; where they stand at 0, this is pruning by threshold. No sparsity is asked for.
 *
 * <p>Source: Y. Guo, A. Yao, Y. Chen, "Dynamic Network Surgery for Efficient DNNs", NIPS 2016,
 * equation 3 and section 3.3; 0.9, 1.1 and the fixed μ, σ are those of its Caffe code ({@code
 * inner_product_layer.cpp}), from memory, and so are γ = 0.0001 and power 1.
 *
 * @param c how many standard deviations above the mean, finite, may be negative
 * @param gamma γ, at least 0
 * @param power at least 0; 0 lets every tensor take part every time
 */
public record Hysteresis(double c, double gamma, double power) implements Observing {

  /** Refuses what is out of range. */
  public Hysteresis {
    require("c", Double.isFinite(c), "finite", c);
    require("gamma", gamma >= 0 && Double.isFinite(gamma), "at least 0", gamma);
    require("power", power >= 0 && Double.isFinite(power), "at least 0", power);
  }

  private static void require(String key, boolean holds, String range, double found) {
    if (!holds) {
      throw new InvalidInputException(
          key, "a number, " + range, Double.toString(found), "correct it");
    }
  }

  @Override
  public String type() {
    return "hysteresis";
  }

  @Override
  public void requireFits(SparsityPattern pattern) {
    if (!(pattern instanceof Unstructured)) {
      throw new InvalidInputException(
          "pattern",
          "unstructured, as the lifecycle hysteresis looks at single weights",
          "'" + pattern.text() + "'",
          "choose another pattern or lifecycle");
    }
  }

  @Override
  public Map<String, Mask> next(Decision decision) {
    Timing timing = decision.group().schedule().timing();
    long i = timing.clock(decision.state().time()) - timing.begin();
    double probability = Math.pow(1 + gamma * i, -power);
    Map<String, Mask> masks = new TreeMap<>();
    for (TensorInfo tensor : decision.tensors()) {
      double threshold = threshold(decision, tensor);
      boolean takesPart = Draws.of(decision, tensor.name(), 1).at(0) < probability;
      Mask mask = decision.mask(tensor);
      masks.put(tensor.name(), takesPart ? toggled(decision, tensor, threshold) : mask);
    }
    return masks;
  }

  private double threshold(Decision decision, TensorInfo tensor) {
    String key = tensor.name() + "/threshold";
    double known = decision.note(key, -1);
    if (known >= 0) {
      return known;
    }
    Numbers values = decision.weights(tensor).weights();
    Mask mask = decision.mask(tensor);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.size(); i++) {
      double size = mask.isKept(i) ? Math.abs(values.at(i)) : 0;
      sum += size;
      squares += size * size;
    }
    int n = Math.max(1, mask.keptCount());
    double mean = sum / n;
    double deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
    double threshold = Math.max(0, mean + c * deviation);
    decision.remember(key, threshold);
    return threshold;
  }

  private static Mask toggled(Decision decision, TensorInfo tensor, double threshold) {
    Numbers values = decision.weights(tensor).weights();
    byte[] bits = decision.mask(tensor).toBytes();
    for (int i = 0; i < bits.length; i++) {
      double size = Math.abs(values.at(i));
      if (bits[i] == 1 && size <= 0.9 * threshold) {
        bits[i] = 0;
      } else if (bits[i] == 0 && size > 1.1 * threshold) {
        bits[i] = 1;
      }
    }
    return Mask.ofBytes(bits, tensor.shape());
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("c", c);
    parameters.put("gamma", gamma);
    parameters.put("power", power);
    return parameters;
  }
}
