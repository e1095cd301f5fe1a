package org.espalier.pruning.core.allocation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.config.Globs;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;

/**
 * Sparsities by hand: every tensor has the sparsity of the glob that its name matches, or that of
 * the schedule at the moment, whichever is lower. So the schedule's target must be at least the
 * largest sparsity of the table; a gradual schedule takes all tensors along one curve, each up to
 * its own value. Every tensor must match exactly one glob, and every glob a tensor: the order in
 * which a table is written means nothing.
 *
 * <p>Source: layer-wise ratios as in S. Han et al., "Learning both Weights and Connections for
 * Efficient Neural Networks", NIPS 2015, table 4.
 *
 * @param sparsities by glob on tensor names, each in [0, 1); sorted copy
 * @param minKept units that every tensor keeps at least
 */
public record Table(Map<String, Double> sparsities, int minKept) implements Allocation {

  /** Sorts and copies the table; refuses what is no sparsity or no glob. */
  public Table {
    sparsities = Collections.unmodifiableMap(new TreeMap<>(sparsities));
    Terms.requireMinKept(minKept);
    if (sparsities.isEmpty()) {
      throw new InvalidInputException(
          "sparsities", "globs on tensor names and their sparsities", "none", "name the tensors");
    }
    sparsities.forEach(
        (glob, sparsity) -> {
          Globs.matcher("sparsities", glob);
          Schedule.requireSparsity("sparsities." + glob, sparsity);
        });
  }

  @Override
  public String type() {
    return "table";
  }

  @Override
  public void requireFits(Demand utmost, List<TensorInfo> tensors) {
    double target = utmost.requireSparsity(type());
    sparsities.forEach(
        (glob, sparsity) -> {
          Predicate<String> matches = Globs.matcher("sparsities", glob);
          if (tensors.stream().map(TensorInfo::name).noneMatch(matches)) {
            throw new InvalidInputException(
                "allocation.sparsities",
                "globs that match one of " + tensors.stream().map(TensorInfo::name).toList(),
                "'" + glob + "'",
                "correct or remove it");
          }
          if (sparsity > target) {
            throw new InvalidInputException(
                "schedule.target",
                "at least %s, the sparsity of '%s' in the table".formatted(sparsity, glob),
                Double.toString(target),
                "set the target to the largest sparsity of the table");
          }
        });
    tensors.forEach(tensor -> sparsityOf(tensor.name()));
  }

  @Override
  public double[] sparsities(Demand demand, List<UnitScores> tensors) {
    double now = demand.requireSparsity(type());
    double[] result = new double[tensors.size()];
    for (int i = 0; i < result.length; i++) {
      UnitScores units = tensors.get(i);
      result[i] = Math.min(now, sparsityOf(units.tensor().name()));
      int floor = Terms.floor(units, minKept);
      if (Counts.kept(result[i], units.units()) < floor) {
        result[i] = (double) (units.units() - floor) / units.units();
      }
    }
    return result;
  }

  private double sparsityOf(String tensor) {
    List<String> globs =
        sparsities.keySet().stream()
            .filter(glob -> Globs.matcher("sparsities", glob).test(tensor))
            .toList();
    if (globs.size() != 1) {
      throw new InvalidInputException(
          "allocation.sparsities",
          "exactly one glob for the tensor '" + tensor + "'",
          globs.isEmpty() ? "none" : globs.toString(),
          "let every tensor of the group match one glob, or exclude it from the group");
    }
    return sparsities.get(globs.get(0));
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("sparsities", sparsities);
    if (minKept > 0) {
      parameters.put("min_kept", minKept);
    }
    return parameters;
  }
}
