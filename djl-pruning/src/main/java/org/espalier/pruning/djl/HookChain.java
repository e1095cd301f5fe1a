package org.espalier.pruning.djl;

/** Two sets of hooks, of which the first comes first. */
record HookChain(TrainingHooks first, TrainingHooks next) implements TrainingHooks {

  @Override
  public void trainingBegin(PruningSession session) {
    first.trainingBegin(session);
    next.trainingBegin(session);
  }

  @Override
  public void epochBegin(PruningSession session) {
    first.epochBegin(session);
    next.epochBegin(session);
  }

  @Override
  public void stepBegin(PruningSession session) {
    first.stepBegin(session);
    next.stepBegin(session);
  }

  @Override
  public void beforeDecision(PruningSession session) {
    first.beforeDecision(session);
    next.beforeDecision(session);
  }

  @Override
  public void afterDecision(PruningSession session) {
    first.afterDecision(session);
    next.afterDecision(session);
  }

  @Override
  public void beforeOptimizerStep(PruningSession session) {
    first.beforeOptimizerStep(session);
    next.beforeOptimizerStep(session);
  }

  @Override
  public void afterOptimizerStep(PruningSession session) {
    first.afterOptimizerStep(session);
    next.afterOptimizerStep(session);
  }

  @Override
  public void stepEnd(PruningSession session) {
    first.stepEnd(session);
    next.stepEnd(session);
  }

  @Override
  public void epochEnd(PruningSession session) {
    first.epochEnd(session);
    next.epochEnd(session);
  }

  @Override
  public void trainingEnd(PruningSession session) {
    first.trainingEnd(session);
    next.trainingEnd(session);
  }
}
