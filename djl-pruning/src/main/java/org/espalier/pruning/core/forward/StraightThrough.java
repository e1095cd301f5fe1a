package org.espalier.pruning.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.config.Values;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * Layers see w times the mask A of the group; stored weights keep their values. The gradient with
 * respect to what layers see reaches the stored weights of a larger set B unchanged (straight
 * through the mask), and no others: those do not move in any bit, neither by momentum nor by weight
 * decay. B is A and the best weights by the group's criterion, chosen whenever A is.
 *
 * <pre>{@code
 * dL/dw = B * dL/dv at v = w * A, + penalty * w on A, + penalty * w / density(A) on B without A
 * }</pre>
 *
 * <p>Sources, which differ in B, the lifecycle and the schedule: Y. Guo, A. Yao, Y. Chen, "Dynamic
 * Network Surgery for Efficient DNNs", NIPS 2016, equation 3 (B = all); M. Wortsman, A. Farhadi, M.
 * Rastegari, "Discovering Neural Wirings", NeurIPS 2019, section 3.3 (B = all, A = the top k anew
 * at every step); S. Jayakumar et al., "Top-KAST: Top-K Always Sparse Training", NeurIPS 2020,
 * sections 2.1 to 2.3 (B between, and the exploration penalty, here its form for L2); V. Sanh, T.
 * Wolf, A. Rush, "Movement Pruning", NeurIPS 2020, section 4 (scores by straight-through gradients,
 * weights trained where B = A).
 *
 * @param backward sparsity of B, in [0, target of the schedule]; 0 = every weight is trained. While
 *     the schedule asks for less, B is no sparser than A
 * @param penalty strength of the exploration penalty, at least 0
 */
public record StraightThrough(double backward, double penalty) implements Forward {

  /** Refuses what is out of range. */
  public StraightThrough {
    Schedule.requireSparsity("backward", backward);
    Gates.require("penalty", penalty, 0, Double.MAX_VALUE);
  }

  static StraightThrough read(Values values) {
    return new StraightThrough(values.number("backward"), values.number("penalty"));
  }

  @Override
  public String type() {
    return "straight-through";
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("backward", backward);
    parameters.put("penalty", penalty);
    return parameters;
  }

  @Override
  public boolean latent() {
    return true;
  }

  @Override
  public void requireFits(SparsityPattern pattern, Schedule schedule) {
    double most = schedule.hasTarget() ? schedule.target() : 0;
    if (backward > most) {
      throw new InvalidInputException(
          "backward",
          "a sparsity of at most the schedule's target, " + most,
          Double.toString(backward),
          "weights that layers see are trained as well: lower it");
    }
  }

  /**
   * Returns what the exploration penalty multiplies each weight's square by, besides {@code penalty
   * / 2}: 1 on A, 1 / density(A) on B without A, 0 elsewhere.
   *
   * @param forward A, in which at least one weight lives if B has more than none
   * @param backward B
   */
  public static float[] exploration(Mask forward, Mask backward) {
    float[] factors = new float[forward.elements()];
    double density = (double) forward.keptCount() / forward.elements();
    for (int i = 0; i < factors.length; i++) {
      if (forward.isKept(i)) {
        factors[i] = 1;
      } else if (backward.isKept(i)) {
        factors[i] = (float) (1 / density);
      }
    }
    return factors;
  }
}
