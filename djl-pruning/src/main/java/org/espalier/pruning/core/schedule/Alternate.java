package org.espalier.pruning.core.schedule;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.InvalidInputException;

/**
 * Sparse and dense phases in turn: from {@code begin} on, {@code sparse} counts at the target, then
 * {@code dense} counts at sparsity 0, and so on; from {@code end} on the last phase, for good.
 * Masks are decided at the first count of each phase. Goes with the lifecycle reselect: at a
 * release all weights may live again, and those that were dead start at 0 with fresh optimizer
 * state.
 *
 * <p>Source: S. Han et al., "DSD: Dense-Sparse-Dense Training for Deep Neural Networks", ICLR 2017
 * (one sparse phase, then dense); X. Jin et al., "Training Skinny Deep Neural Networks with
 * Iterative Hard Thresholding Methods", 2016 (phases in turn); A. Peste et al., "AC/DC: Alternating
 * Compressed/DeCompressed Training of Deep Neural Networks", NeurIPS 2021, algorithm 1 (a dense
 * begin, phases in turn, the last one sparse).
 *
 * @param target sparsity of the sparse phases, in [0, 1)
 * @param sparse length of a sparse phase, at least 1
 * @param dense length of a dense phase, at least 1
 * @param last what follows the end
 * @param unit what the counts count
 * @param begin of the first sparse phase, at least 0
 * @param end begin of the last phase, above {@code begin}
 */
public record Alternate(
    double target, long sparse, long dense, Phase last, Timing.Unit unit, long begin, long end)
    implements Schedule {

  /** The kinds of phases. */
  public enum Phase {
    /** At the target. */
    SPARSE,
    /** At sparsity 0. */
    DENSE;

    /** Returns the text form. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses phases without length. */
  public Alternate {
    Schedule.requireSparsity("target", target);
    Objects.requireNonNull(last, "last");
    require("sparse", 1, sparse);
    require("dense", 1, dense);
    require("begin", 0, begin);
    require("end", begin + 1, end);
  }

  private static void require(String key, long least, long found) {
    if (found < least) {
      throw new InvalidInputException(
          key, "at least " + least, Long.toString(found), "correct the schedule's " + key);
    }
  }

  @Override
  public String type() {
    return "alternate";
  }

  /** Returns begin and end; between them, decisions fall where phases begin. */
  @Override
  public Timing timing() {
    return new Timing(unit, begin, end, 1);
  }

  @Override
  public boolean falls() {
    return true;
  }

  @Override
  public boolean updatesAt(TrainingTime time) {
    return timing().includes(time) && beginsPhase(timing().clock(time));
  }

  private boolean beginsPhase(long count) {
    long place = (count - begin) % (sparse + dense);
    return count == end || place == 0 || place == sparse;
  }

  private Phase phase(long count) {
    if (count >= end) {
      return last;
    }
    return (count - begin) % (sparse + dense) < sparse ? Phase.SPARSE : Phase.DENSE;
  }

  @Override
  public double sparsityAt(long count) {
    return phase(count) == Phase.SPARSE ? target : 0;
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("target", target);
    parameters.put("sparse", sparse);
    parameters.put("dense", dense);
    parameters.put("last", last.text());
    parameters.put("begin", begin);
    parameters.put("end", end);
    parameters.put("unit", unit.text());
    return parameters;
  }
}
