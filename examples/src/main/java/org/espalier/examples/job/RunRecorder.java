package org.espalier.examples.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.report.History;
import org.espalier.pruning.report.History.CurvePoint;
import org.espalier.pruning.report.History.EpochPoint;
import org.espalier.pruning.report.History.PhaseTime;
import org.espalier.pruning.report.Ledger;
import org.espalier.sparse.InvalidInputException;

/** Collects what happens during a run. Steps and epochs are counted through all phases. */
final class RunRecorder {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Everything but the times. */
  private record Saved(
      List<CurvePoint> curve,
      List<EpochPoint> epochs,
      List<History.Pruning> prunings,
      long steps,
      double sparsity) {}

  private final List<PhaseTime> phases = new ArrayList<>();
  private final List<CurvePoint> curve = new ArrayList<>();
  private final List<EpochPoint> epochs = new ArrayList<>();
  private final List<History.Pruning> prunings = new ArrayList<>();
  private Ledger ledger = Ledger.NONE;
  private long steps;
  private double sparsity;

  RunRecorder() {
    curve.add(new CurvePoint(0, 0));
  }

  /** Runs a phase and notes how long it took. */
  <T> T timed(String phase, Phase<T> work) throws Exception {
    long start = System.nanoTime();
    T result = work.run();
    phases.add(new PhaseTime(phase, (System.nanoTime() - start) / 1e9));
    return result;
  }

  /** Work that may fail in any way. */
  interface Phase<T> {
    T run() throws Exception;
  }

  /** An optimizer step is over. */
  void step(double sparsityNow) {
    if (sparsityNow != sparsity) {
      prunings.add(new History.Pruning(steps, sparsity, sparsityNow));
      curve.add(new CurvePoint(steps, sparsity));
      curve.add(new CurvePoint(steps, sparsityNow));
      sparsity = sparsityNow;
    }
    steps++;
  }

  /** An epoch is over. */
  EpochPoint epoch(String phase, double loss, double trainAccuracy, double validationAccuracy) {
    EpochPoint point =
        new EpochPoint(
            epochs.size() + 1, steps, phase, loss, trainAccuracy, validationAccuracy, sparsity);
    epochs.add(point);
    return point;
  }

  /** Returns the optimizer steps of all phases so far. */
  long steps() {
    return steps;
  }

  /** Returns the epochs of all phases so far. */
  int epochs() {
    return epochs.size();
  }

  /**
   * Notes how the network did at each pruning.
   *
   * @param measured steps and epochs through all phases
   */
  void ledger(Ledger measured) {
    ledger = measured;
  }

  /** Returns all that was noted, as text, for a checkpoint. */
  String save() {
    try {
      return JSON.writeValueAsString(new Saved(curve, epochs, prunings, steps, sparsity));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a history is made of text and numbers", e);
    }
  }

  /**
   * Goes on from what was noted before; times of phases are those of this process.
   *
   * @throws InvalidInputException if it is not what {@link #save} returned
   */
  void restore(String saved) {
    Saved noted;
    try {
      noted = JSON.readValue(saved, Saved.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "history", "the history of a run", String.valueOf(e.getMessage()), "start a new run", e);
    }
    curve.clear();
    curve.addAll(noted.curve());
    epochs.clear();
    epochs.addAll(noted.epochs());
    prunings.clear();
    prunings.addAll(noted.prunings());
    steps = noted.steps();
    sparsity = noted.sparsity();
  }

  History history() {
    List<CurvePoint> whole = new ArrayList<>(curve);
    whole.add(new CurvePoint(steps, sparsity));
    return new History(phases, whole, epochs, prunings, ledger);
  }
}
