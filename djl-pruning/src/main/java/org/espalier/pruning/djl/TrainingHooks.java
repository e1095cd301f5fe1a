package org.espalier.pruning.djl;

/**
 * The moments of a training, in this order, for user code. Every method does nothing by default.
 * All are called on the thread that trains.
 *
 * <p>training begin, then per epoch: epoch begin, then per optimizer step: step begin, (forward,
 * backward: once, or k times when gradients are accumulated), where masks are due before and after
 * the decision, before optimizer step, after optimizer step, step end; then epoch end; at last
 * training end.
 *
 * <p>A decision whose group asks for several {@code batches} holds steps back: {@code
 * trainer.step()} returns without touching a weight or the optimizer, gradients start from 0 again,
 * and no hook is called, until the last of these batches is there. For the hooks, and for {@link
 * PruningSession#state()}, all this is one optimizer step with several forward and backward passes,
 * the last of which it goes by. Running statistics of batch norms move with all those forward
 * passes, as they do when gradients are accumulated; an epoch may end in between.
 *
 * <p>DJL says that an epoch is over by {@code TrainingListener.onEpoch}; a hand-written loop that
 * wants epochs calls {@code trainer.notifyListeners(l -> l.onEpoch(trainer))}, as {@code EasyTrain}
 * does.
 */
public interface TrainingHooks {

  /** The trainer exists; parameters of a fresh network do not yet. */
  default void trainingBegin(PruningSession session) {}

  /** Before the first forward pass of an epoch. */
  default void epochBegin(PruningSession session) {}

  /** Before the first forward pass of an optimizer step. */
  default void stepBegin(PruningSession session) {}

  /** Masks are due in this step: neither masks nor weights have changed yet. */
  default void beforeDecision(PruningSession session) {}

  /** Masks have been decided, whether or not they changed, and every pruned weight is exactly 0. */
  default void afterDecision(PruningSession session) {}

  /**
   * Gradients are there, accumulated over all backward passes since the last step; weights are not
   * updated yet. Masks that are due have just been decided, see {@link PruningSession#state()}.
   */
  default void beforeOptimizerStep(PruningSession session) {}

  /** Weights are updated, and every pruned weight is exactly 0. */
  default void afterOptimizerStep(PruningSession session) {}

  /** The step is over; {@link PruningSession#state()} counts it. */
  default void stepEnd(PruningSession session) {}

  /** After the validation of an epoch. */
  default void epochEnd(PruningSession session) {}

  /** The trainer is being closed. */
  default void trainingEnd(PruningSession session) {}

  /** Returns hooks that call these and then others. */
  default TrainingHooks andThen(TrainingHooks next) {
    return new HookChain(this, next);
  }
}
