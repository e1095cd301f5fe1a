package org.espalier.pruning.core.allocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Values;
import org.espalier.sparse.InvalidInputException;

/**
 * The terms that allocations share.
 *
 * @param budget what the sparsity counts
 * @param minKept units that every tensor keeps at least; a tensor with fewer (living) units keeps
 *     them all. The others pay for it: the total stays. Source of the floor: H. Tanaka et al.,
 *     "Pruning neural networks without any data by iteratively conserving synaptic flow", NeurIPS
 *     2020, section 3: a layer without weights cuts the network in two
 */
public record Terms(Budget budget, int minKept) {

  /** By weights, no floor. */
  public static final Terms DEFAULT = new Terms(Budget.PARAMS, 0);

  static final Parameter MIN_KEPT =
      Parameter.integer("min_kept", 0, "units that every tensor keeps at least");
  static final Parameter BUDGET =
      Parameter.choice(
          "budget", "params", List.of("params", "flops"), "what the sparsity is a sparsity of");

  /** Refuses a negative floor. */
  public Terms {
    requireMinKept(minKept);
  }

  /** Returns terms by weights with a floor. */
  public static Terms minKept(int units) {
    return new Terms(Budget.PARAMS, units);
  }

  /** Returns terms by operations without floor. */
  public static Terms flops() {
    return new Terms(Budget.FLOPS, 0);
  }

  static Terms of(Values p) {
    return new Terms(Budget.valueOf(p.text("budget").toUpperCase(Locale.ROOT)), minKept(p));
  }

  /** Reads {@link #MIN_KEPT}. */
  static int minKept(Values p) {
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, p.integer("min_kept")));
  }

  static void requireMinKept(int minKept) {
    if (minKept < 0) {
      throw new InvalidInputException(
          "min_kept", "at least 0", Integer.toString(minKept), "1 keeps every tensor alive");
    }
  }

  /** Returns the terms that are not the default, as recipes write them. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (budget != Budget.PARAMS) {
      parameters.put("budget", budget.text());
    }
    if (minKept > 0) {
      parameters.put("min_kept", minKept);
    }
    return parameters;
  }

  /** Returns how many units of each tensor are safe. */
  int[] floors(List<UnitScores> tensors) {
    return tensors.stream().mapToInt(units -> floor(units, minKept)).toArray();
  }

  /** Returns how many units of a tensor are safe: a dead unit cannot be kept. */
  static int floor(UnitScores units, int minKept) {
    return minKept == 0 ? 0 : Math.min(minKept, units.living());
  }
}
