package org.espalier.pruning.djl;

import java.util.List;
import org.espalier.pruning.core.Recovery;
import org.espalier.pruning.core.RecoveryLedger;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.djl.evidence.Examiner;

/**
 * Keeps the ledger of a training: accuracy and loss before and after each change of the masks, and
 * after the recovery. {@link PruningListener#withLedger} makes one; with {@link Pruning#attach} it
 * is given as hooks, alone or {@linkplain TrainingHooks#andThen before others}. For one trainer at
 * a time.
 */
public final class LedgerKeeper implements TrainingHooks {

  private final Examiner examiner;
  private final int every;
  private RecoveryLedger ledger;

  /** Enters every change of the masks. */
  public LedgerKeeper(Examiner examiner) {
    this(examiner, 1);
  }

  /**
   * @param examiner how good the network is; called two or three times per entry
   * @param every how many changes of the masks there are per entry, at least 1
   */
  public LedgerKeeper(Examiner examiner, int every) {
    this.examiner = examiner;
    this.every = every;
    this.ledger =
        new RecoveryLedger(
            every,
            () -> {
              throw new IllegalStateException("no training has begun");
            });
  }

  @Override
  public void trainingBegin(PruningSession session) {
    ledger = new RecoveryLedger(every, () -> examiner.examine(session.trainer()));
  }

  @Override
  public void beforeDecision(PruningSession session) {
    ledger.decisionComes(session.state());
  }

  @Override
  public void afterDecision(PruningSession session) {
    List<TensorInfo> tensors = session.binding().members().stream().flatMap(List::stream).toList();
    ledger.decisionTaken(session.state(), tensors);
  }

  @Override
  public void trainingEnd(PruningSession session) {
    ledger.trainingEnds(session.state().time());
  }

  /** Returns the entries so far, in order; the last may still be recovering. */
  public List<Recovery> entries() {
    return ledger.entries();
  }
}
