package org.espalier.examples.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.pruning.core.Quality;
import org.espalier.pruning.core.Recovery;
import org.espalier.pruning.report.History;
import org.espalier.pruning.report.History.CurvePoint;
import org.espalier.pruning.report.Ledger;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class RunRecorderTest {

  @Test
  void theCurveIsAStairOverAllPhases() throws Exception {
    RunRecorder recorder = new RunRecorder();
    assertEquals("done", recorder.timed("dense training", () -> "done"));
    recorder.step(0);
    recorder.step(0);
    recorder.epoch("dense", 0.5, 0.9, 0.8);
    recorder.step(0.5);
    recorder.step(0.5);
    recorder.step(0.9);
    recorder.epoch("sparse", 0.4, 0.9, 0.85);
    History history = recorder.history();
    assertEquals(
        List.of(
            new CurvePoint(0, 0),
            new CurvePoint(2, 0),
            new CurvePoint(2, 0.5),
            new CurvePoint(4, 0.5),
            new CurvePoint(4, 0.9),
            new CurvePoint(5, 0.9)),
        history.curve());
    assertEquals(
        List.of(new History.Pruning(2, 0, 0.5), new History.Pruning(4, 0.5, 0.9)),
        history.prunings());
    assertEquals(List.of(1, 2), history.epochs().stream().map(e -> e.epoch()).toList());
    assertEquals(List.of(2L, 5L), history.epochs().stream().map(e -> e.step()).toList());
    assertEquals("dense training", history.phases().get(0).name());
    assertEquals(Ledger.NONE, history.ledger());
  }

  @Test
  void theLedgerIsPartOfTheHistory() {
    RunRecorder recorder = new RunRecorder();
    recorder.step(0);
    recorder.epoch("dense", 0.5, 0.9, 0.8);
    assertEquals(1, recorder.steps());
    assertEquals(1, recorder.epochs());
    Recovery entry = new Recovery(0, 1, 0, 0.5, new Quality(0.9), new Quality(0.5), null, null);
    Ledger ledger = new Ledger("ten images", List.of(entry.shifted(1, 1)));
    recorder.ledger(ledger);
    assertEquals(ledger, recorder.history().ledger());
  }

  /** What goes into a checkpoint comes back in another process. */
  @Test
  void theHistorySurvives() throws Exception {
    RunRecorder recorder = new RunRecorder();
    recorder.step(0);
    recorder.epoch("dense", Double.NaN, 0.9, 0.8);
    recorder.step(0.5);
    RunRecorder other = new RunRecorder();
    other.step(0.25);
    other.restore(recorder.save());
    recorder.step(0.9);
    other.step(0.9);
    assertEquals(recorder.history(), other.history());
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> other.restore("{\"curve\": 1}"));
    assertEquals("history", error.place());
    assertEquals(recorder.history(), other.history());
  }
}
