package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.config.Component;
import org.espalier.sparse.InvalidInputException;

/** How much sparsity is wanted at which moment, and when masks are decided. */
public interface Schedule extends Component {

  /** Returns when masks are decided. */
  Timing timing();

  /** Returns the sparsity that the schedule ends with, or never exceeds, in [0, 1). */
  double target();

  /** Returns whether anything is asked for; if not, the schedule only says when. */
  default boolean hasTarget() {
    return true;
  }

  /** Returns whether the sparsity ever falls, so that dead weights must come back. */
  default boolean falls() {
    return false;
  }

  /**
   * Returns how much: the sparsity wanted at a count of the timing's unit; the limit, where a
   * schedule goes by thresholds or by what it sees.
   *
   * @param count at least the timing's begin
   * @return in [0, 1); {@link #target} unless the schedule moves towards it
   */
  default double sparsityAt(long count) {
    return target();
  }

  /** Returns when: whether masks are decided at this moment. */
  default boolean updatesAt(TrainingTime time) {
    return timing().includes(time);
  }

  /** Returns how much at this moment. */
  default double sparsityAt(TrainingTime time) {
    return sparsityAt(timing().clock(time));
  }

  /**
   * Returns what is asked of a group at a decision: {@link #sparsityAt}, unless the schedule goes
   * by thresholds or by what it sees.
   */
  default Demand demandAt(Situation situation) {
    return new Demand.Sparsity(sparsityAt(situation.time()));
  }

  /** Returns what is asked of a group at most: by that, impossible recipes are refused early. */
  default Demand utmost() {
    return new Demand.Sparsity(target());
  }

  /** Returns a sparsity that holds, or refuses it. */
  static double requireSparsity(String key, double sparsity) {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new InvalidInputException(
          key,
          "a sparsity (fraction of zeros) in [0, 1)",
          Double.toString(sparsity),
          "0.9 prunes nine weights of ten");
    }
    return sparsity;
  }

  /** Returns the timing's part of {@link #parameters()}. */
  static Map<String, Object> parameters(Timing timing) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("begin", timing.begin());
    if (timing.end() != Timing.OPEN) {
      parameters.put("end", timing.end());
    }
    parameters.put("every", timing.every());
    parameters.put("unit", timing.unit().text());
    return parameters;
  }
}
