package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** Decisions on four weights, and examinations whose answers are written down beforehand. */
class RecoveryLedgerTest {

  private static final List<TensorInfo> TENSORS = List.of(new TensorInfo("w", new int[] {4}, true));

  private final Deque<Quality> answers = new ArrayDeque<>();
  private PruningState state = PruningState.EMPTY;

  private RecoveryLedger ledger(int every, double... accuracies) {
    Arrays.stream(accuracies).mapToObj(Quality::new).forEach(answers::add);
    return new RecoveryLedger(every, answers::remove);
  }

  /** A decision at a step that keeps these of the four weights. */
  private void decide(RecoveryLedger ledger, long step, long epoch, int... kept) {
    state = state.at(new TrainingTime(step, epoch, false));
    ledger.decisionComes(state);
    float[] values = new float[4];
    Arrays.stream(kept).forEach(i -> values[i] = 1);
    state = state.with(Map.of("w", Mask.ofNonZeros(values, new int[] {4})));
    ledger.decisionTaken(state, TENSORS);
  }

  private static Recovery entry(
      long step, long epoch, double from, double to, double before, double after) {
    return new Recovery(step, epoch, from, to, new Quality(before), new Quality(after), null, null);
  }

  @Test
  void theEndOfARecoveryIsTheBeginOfTheNextEntry() {
    RecoveryLedger ledger = ledger(1, 0.9, 0.5, 0.8, 0.4, 0.7);
    decide(ledger, 10, 0, 0, 1, 2);
    Recovery first = entry(10, 1, 0, 0.25, 0.9, 0.5);
    assertEquals(List.of(first), ledger.entries());
    decide(ledger, 20, 1, 0, 1);
    Recovery second = entry(20, 2, 0.25, 0.5, 0.8, 0.4);
    assertEquals(List.of(first.recovered(20, new Quality(0.8)), second), ledger.entries());
    ledger.trainingEnds(new TrainingTime(30, 3, true));
    assertEquals(
        List.of(first.recovered(20, new Quality(0.8)), second.recovered(30, new Quality(0.7))),
        ledger.entries());
    assertTrue(answers.isEmpty(), "examinations left: " + answers);
  }

  /** The first makes dense masks, the third the masks that there are. */
  @Test
  void aDecisionThatChangesNothingIsNoEntryAndTheRecoveryGoesOn() {
    RecoveryLedger ledger = ledger(1, 0.9, 0.91, 0.5, 0.6, 0.7);
    decide(ledger, 0, 0, 0, 1, 2, 3);
    assertEquals(List.of(), ledger.entries());
    decide(ledger, 10, 0, 0, 1);
    decide(ledger, 20, 0, 0, 1);
    assertEquals(List.of(entry(10, 1, 0, 0.5, 0.91, 0.5)), ledger.entries());
    ledger.trainingEnds(new TrainingTime(25, 0, false));
    assertEquals(
        List.of(entry(10, 1, 0, 0.5, 0.91, 0.5).recovered(25, new Quality(0.7))), ledger.entries());
    assertTrue(answers.isEmpty(), "examinations left: " + answers);
  }

  @Test
  void anExchangeOfWeightsIsAnEntryOfEqualSparsity() {
    RecoveryLedger ledger = ledger(1, 0.9, 0.5, 0.8, 0.75);
    decide(ledger, 1, 0, 0, 1);
    decide(ledger, 2, 0, 2, 3);
    assertEquals(entry(2, 1, 0.5, 0.5, 0.8, 0.75), ledger.entries().get(1));
  }

  /**
   * Changes 0 and 2 are entries; each costs three examinations: before, after, and at the change
   * that ends its recovery, which is not entered.
   */
  @Test
  void everySecondChangeIsEntered() {
    RecoveryLedger ledger = ledger(2, 0.9, 0.8, 0.85, 0.7, 0.6, 0.65);
    decide(ledger, 1, 0, 0, 1, 2);
    decide(ledger, 2, 0, 0, 1);
    decide(ledger, 3, 0, 0);
    decide(ledger, 4, 0, 3);
    assertEquals(
        List.of(
            entry(1, 1, 0, 0.25, 0.9, 0.8).recovered(2, new Quality(0.85)),
            entry(3, 1, 0.5, 0.75, 0.7, 0.6).recovered(4, new Quality(0.65))),
        ledger.entries());
    ledger.trainingEnds(new TrainingTime(5, 0, false));
    assertTrue(answers.isEmpty(), "examinations left: " + answers);
  }

  @Test
  void withoutADecisionNothingIsExamined() {
    RecoveryLedger ledger = ledger(1);
    ledger.trainingEnds(new TrainingTime(5, 0, false));
    assertEquals(List.of(), ledger.entries());
  }

  @Test
  void refusesAnEntryForNoChange() {
    InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> ledger(0));
    assertEquals(
        "ledger: expected an entry for every k-th change, k at least 1, found 0; 1 enters each"
            + " change",
        refusal.getMessage());
  }

  @Test
  void entriesMoveAsAWhole() {
    Recovery open = entry(3, 1, 0, 0.5, 0.9, 0.5);
    assertEquals(entry(103, 8, 0, 0.5, 0.9, 0.5), open.shifted(100, 7));
    assertEquals(
        entry(103, 8, 0, 0.5, 0.9, 0.5).recovered(109, new Quality(0.8)),
        open.recovered(9, new Quality(0.8)).shifted(100, 7));
  }

  @Test
  void entriesAndQualitiesAreChecked() {
    Quality quality = new Quality(0.5);
    assertThrows(IllegalArgumentException.class, () -> new Quality(1.5));
    assertThrows(IllegalArgumentException.class, () -> new Quality(Double.NaN));
    assertNull(new Quality(0.5, Double.NaN).loss());
    assertNull(new Quality(0.5, Double.POSITIVE_INFINITY).loss());
    assertThrows(IllegalArgumentException.class, () -> entry(-1, 1, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> entry(1, 0, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> entry(1, 1, 2, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> entry(1, 1, 0, Double.NaN, 0, 0));
    Recovery open = entry(5, 1, 0, 0.5, 0.9, 0.5);
    assertThrows(IllegalArgumentException.class, () -> open.recovered(4, quality));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Recovery(5, 1, 0, 0.5, quality, quality, 7L, null));
  }
}
