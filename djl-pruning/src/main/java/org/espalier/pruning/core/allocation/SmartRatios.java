package org.espalier.pruning.core.allocation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.InvalidInputException;

/**
 * Deeper layers are sparser: tensor l of L, in the order of names and so of the network, has
 * density min(1, ε r_l) with r_l = (L - l + 1)² + (L - l + 1), l from 1, and one ε for the group;
 * the last tensor has the fixed density {@code last_density}. Tensors that ε r would make denser
 * than dense are dense, and ε is solved again for the others. Where even that leaves weights over,
 * the last tensor gets them; where the last tensor alone is too much, the sparsity is refused.
 *
 * <p>Source: J. Su et al., "Sanity-Checking Pruning Methods: Random Tickets can Win the Jackpot",
 * NeurIPS 2020, section 4 (smart-ratio), in the form for ResNets; the published code hands what
 * saturated layers cannot take to the next layer and does not solve again. The paper chooses
 * weights at random: that is the criterion random.
 *
 * @param lastDensity density of the last tensor, in (0, 1]; 0.3 in the paper
 * @param terms what is counted, and the floor
 */
public record SmartRatios(double lastDensity, Terms terms) implements ByDensity {

  /** Refuses what is no density. */
  public SmartRatios {
    Objects.requireNonNull(terms, "terms");
    if (!(lastDensity > 0 && lastDensity <= 1)) {
      throw new InvalidInputException(
          "last_density",
          "a density (fraction of living weights) in (0, 1]",
          Double.toString(lastDensity),
          "0.3 is the paper's");
    }
  }

  /** Returns the allocation of the paper. */
  public static SmartRatios usual() {
    return new SmartRatios(0.3, Terms.DEFAULT);
  }

  @Override
  public String type() {
    return "smart-ratios";
  }

  @Override
  public double[] densities(double sparsity, List<TensorInfo> tensors, double[] floors) {
    int layers = tensors.size();
    int end = layers - 1;
    double[] costs = ByDensity.costs(terms.budget(), tensors);
    double allowed = ByDensity.allowed(sparsity, costs);
    double[] lower = floors.clone();
    lower[end] = Math.max(lower[end], lastDensity);
    double others = Arrays.stream(costs, 0, end).sum();
    if (others + lower[end] * costs[end] <= allowed) {
      double[] densities = new double[layers];
      Arrays.fill(densities, 1);
      densities[end] = Math.min(1, (allowed - others) / costs[end]);
      return densities;
    }
    double[] ratios = new double[layers];
    double[] upper = new double[layers];
    for (int l = 1; l <= layers; l++) {
      double toTheEnd = layers - l + 1;
      ratios[l - 1] = toTheEnd * toTheEnd + toTheEnd;
      upper[l - 1] = l == layers ? lower[end] : 1;
    }
    return ByDensity.meet(this, sparsity, new Filling(ratios, lower, upper, costs));
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("last_density", lastDensity);
    parameters.putAll(terms.parameters());
    return parameters;
  }
}
