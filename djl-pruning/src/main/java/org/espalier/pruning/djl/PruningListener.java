package org.espalier.pruning.djl;

import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.Recovery;
import org.espalier.pruning.djl.evidence.Examiner;
import org.espalier.pruning.djl.evidence.Sample;

/**
 * Prunes while DJL trains: the one line that a user adds to a training configuration.
 *
 * <pre>{@code
 * config.addTrainingListeners(new PruningListener(Recipe.oneShot(0.9)));
 * }</pre>
 *
 * <p>Masks are decided before the optimizer step at which they are due: a schedule that decides at
 * step 0 prunes at initialization, from the first batches of the training. What a decision needs is
 * gathered then and only then: the gradients that the training has computed, and, for criteria that
 * measure more, copies of the batches that training listeners are shown, as {@code
 * EasyTrain.trainBatch} does it. Batches may also be {@linkplain #withEvidence given beforehand}.
 *
 * <p>Schedules that go by the validation loss see the mean over the batches that {@code EasyTrain}
 * validated since the last epoch; where nothing is validated, the generalization loss stays 0.
 *
 * <p>After every optimizer step, and so at every validation, save and forward pass, each pruned
 * weight is exactly 0. Subclasses may override the {@link TrainingHooks}. One listener may serve
 * several trainers, one after the other or side by side; each starts from the same state.
 *
 * <p>The listener stands in for the trainer's private parameter store by reflection; where that is
 * not possible, creating the trainer fails at once and names {@link Pruning#attach}, which needs
 * none.
 */
public class PruningListener extends TrainingListenerAdapter implements TrainingHooks {

  private final Recipe recipe;
  private final PruningState start;
  private EvidenceSetup evidence;
  private Supplier<LedgerKeeper> newLedger;
  private volatile LedgerKeeper latestLedger;
  private final Map<Trainer, PruningSession> sessions =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private volatile PruningSession latest;

  /** Prunes by a recipe, from dense weights. */
  public PruningListener(Recipe recipe) {
    this(recipe, PruningState.EMPTY);
  }

  /**
   * Continues a pruning.
   *
   * @param recipe what to do
   * @param start masks and moment to go on from, for a network with the same parameters
   */
  public PruningListener(Recipe recipe, PruningState start) {
    this(recipe, start, EvidenceSetup.FROM_TRAINING);
  }

  PruningListener(Recipe recipe, PruningState start, EvidenceSetup evidence) {
    this.recipe = recipe;
    this.start = start;
    this.evidence = evidence;
  }

  /**
   * Gives the batches that decisions measure on, instead of those of the training: a fixed set for
   * pruning at initialization, or for a loop that tells training listeners nothing of its batches.
   * No step is held back then, and gradients are measured on these batches, too. Of more batches
   * than a group's {@code batches}, it takes the first.
   *
   * @param batches on the device of the network's parameters; they stay the caller's and must live
   *     as long as decisions are made. {@link org.espalier.pruning.djl.evidence.Samples} makes them
   *     from a data set
   * @return this listener
   */
  public final PruningListener withEvidence(List<Sample> batches) {
    evidence = evidence.with(batches);
    return this;
  }

  /**
   * Keeps a ledger: accuracy and loss before and after each change of the masks, and after the
   * recovery, see {@link #ledger}.
   *
   * @param examiner how good the network is; called two or three times per entry
   * @return this listener
   */
  public final PruningListener withLedger(Examiner examiner) {
    return withLedger(examiner, 1);
  }

  /**
   * Keeps a ledger that not every change of the masks enters, because examinations take time.
   *
   * @param examiner how good the network is; called two or three times per entry
   * @param every how many changes of the masks there are per entry, at least 1
   * @return this listener
   */
  public final PruningListener withLedger(Examiner examiner, int every) {
    latestLedger = new LedgerKeeper(examiner, every);
    newLedger = () -> new LedgerKeeper(examiner, every);
    return this;
  }

  /**
   * Returns the ledger of the trainer that began last, empty without one. The last entry is still
   * recovering until the trainer is closed.
   */
  public final List<Recovery> ledger() {
    LedgerKeeper ledger = latestLedger;
    return ledger == null ? List.of() : ledger.entries();
  }

  /** Returns what is done. */
  public final Recipe recipe() {
    return recipe;
  }

  /** Returns the state of the trainer that began last; the start state before any did. */
  public final PruningState state() {
    PruningSession session = latest;
    return session == null ? start : session.state();
  }

  /** Returns the session of a trainer that this listener serves; null if it does not. */
  final PruningSession session(Trainer trainer) {
    return sessions.get(trainer);
  }

  /** Takes the trainer's place where weights are read. Called by DJL. */
  @Override
  public final void onTrainingBegin(Trainer trainer) {
    PruningSession session =
        new PruningSession(
            trainer, recipe, hooks(), start, TrainerAccess.optimizer(trainer), evidence);
    try {
      TrainerAccess.replaceStore(
          trainer, new SessionParameterStore(trainer.getManager(), session, true));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    sessions.put(trainer, session);
    latest = session;
    session.trainingBegins();
  }

  private TrainingHooks hooks() {
    if (newLedger == null) {
      return this;
    }
    latestLedger = newLedger.get();
    return latestLedger.andThen(this);
  }

  /** Looks at the batch if a decision is due that measures on it. Called by DJL. */
  @Override
  public final void onTrainingBatch(Trainer trainer, BatchData batchData) {
    sessions.get(trainer).batchTrained(batchData.getBatch());
  }

  /** Adds to the validation loss of the epoch. Called by DJL. */
  @Override
  public final void onValidationBatch(Trainer trainer, BatchData batchData) {
    sessions.get(trainer).batchValidated(batchData);
  }

  /** Ends an epoch. Called by DJL. */
  @Override
  public final void onEpoch(Trainer trainer) {
    sessions.get(trainer).epochEnds();
  }

  /** Frees the masks on the devices. Called by DJL. */
  @Override
  public final void onTrainingEnd(Trainer trainer) {
    PruningSession session = sessions.remove(trainer);
    if (session != null) {
      session.trainingEnds();
    }
  }
}
