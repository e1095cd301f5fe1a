package org.espalier.pruning.report;

import java.util.List;
import java.util.Objects;

/**
 * What happened during the run. Steps are optimizer steps, counted from 0 through all phases.
 *
 * @param phases where the time went, in order; may be empty
 * @param curve sparsity over steps, steps never falling; may be empty
 * @param epochs one entry per epoch, steps never falling; may be empty
 * @param prunings every change of the masks, steps never falling; may be empty
 * @param ledger accuracy before and after prunings and after recovery; may be empty
 */
public record History(
    List<PhaseTime> phases,
    List<CurvePoint> curve,
    List<EpochPoint> epochs,
    List<Pruning> prunings,
    Ledger ledger) {

  /** A history without a ledger. */
  public History(
      List<PhaseTime> phases,
      List<CurvePoint> curve,
      List<EpochPoint> epochs,
      List<Pruning> prunings) {
    this(phases, curve, epochs, prunings, Ledger.NONE);
  }

  /** Copies the lists and checks that steps are in order. */
  public History {
    phases = List.copyOf(phases);
    curve = List.copyOf(curve);
    epochs = List.copyOf(epochs);
    prunings = List.copyOf(prunings);
    Objects.requireNonNull(ledger, "ledger");
    requireOrder("curve", curve.stream().mapToLong(CurvePoint::step).toArray());
    requireOrder("epochs", epochs.stream().mapToLong(EpochPoint::step).toArray());
    requireOrder("prunings", prunings.stream().mapToLong(Pruning::step).toArray());
  }

  /**
   * Wall time of one part of the run.
   *
   * @param name for example {@code dense training}
   * @param wallTimeS seconds, at least 0
   */
  public record PhaseTime(String name, double wallTimeS) {

    /** Checks name and time. */
    public PhaseTime {
      Checks.text("name", name);
      Checks.atLeastZero("wallTimeS", wallTimeS);
    }
  }

  /**
   * Sparsity of all prunable weights together after a step.
   *
   * @param step optimizer steps done, at least 0
   * @param sparsity zeros / elements, in [0, 1]
   */
  public record CurvePoint(long step, double sparsity) {

    /** Checks ranges. */
    public CurvePoint {
      Checks.atLeast("step", 0, step);
      Checks.fraction("sparsity", sparsity);
    }
  }

  /**
   * The state at the end of an epoch.
   *
   * @param epoch counted from 1 through all phases
   * @param step optimizer steps done, at least 0
   * @param phase what the epoch belonged to, for example {@code dense} or {@code sparse}
   * @param trainLoss mean loss of the epoch, or null; a loss that is not finite becomes null, so
   *     that a run that diverged still has its report
   * @param trainAccuracy in [0, 1], or null
   * @param validationAccuracy in [0, 1], or null
   * @param sparsity zeros / elements, in [0, 1]
   */
  public record EpochPoint(
      int epoch,
      long step,
      String phase,
      Double trainLoss,
      Double trainAccuracy,
      Double validationAccuracy,
      double sparsity) {

    /** Checks ranges. */
    public EpochPoint {
      Checks.atLeast("epoch", 1, epoch);
      Checks.atLeast("step", 0, step);
      Checks.text("phase", phase);
      trainLoss = trainLoss != null && Double.isFinite(trainLoss) ? trainLoss : null;
      Checks.fractionOrNull("trainAccuracy", trainAccuracy);
      Checks.fractionOrNull("validationAccuracy", validationAccuracy);
      Checks.fraction("sparsity", sparsity);
    }
  }

  /**
   * One change of the masks.
   *
   * @param step the optimizer step at which it happened, at least 0
   * @param sparsityBefore zeros / elements, in [0, 1]
   * @param sparsityAfter zeros / elements, in [0, 1]; the same where weights were exchanged
   */
  public record Pruning(long step, double sparsityBefore, double sparsityAfter) {

    /** Checks ranges. */
    public Pruning {
      Checks.atLeast("step", 0, step);
      Checks.fraction("sparsityBefore", sparsityBefore);
      Checks.fraction("sparsityAfter", sparsityAfter);
    }
  }

  static void requireOrder(String name, long[] steps) {
    for (int i = 1; i < steps.length; i++) {
      if (steps[i] < steps[i - 1]) {
        throw new IllegalArgumentException(
            "steps of %s must not fall, found %d after %d".formatted(name, steps[i], steps[i - 1]));
      }
    }
  }
}
