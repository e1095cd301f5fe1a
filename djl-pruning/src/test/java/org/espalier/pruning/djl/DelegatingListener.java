package org.espalier.pruning.djl;

import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;

/** The plain listener, whose hooks are overridden as a user would do it. */
final class DelegatingListener extends PruningListener {

  private final TrainingHooks hooks;

  DelegatingListener(Recipe recipe, EvidenceSetup evidence, TrainingHooks hooks) {
    super(recipe, PruningState.EMPTY, evidence);
    this.hooks = hooks;
  }

  @Override
  public void trainingBegin(PruningSession session) {
    hooks.trainingBegin(session);
  }

  @Override
  public void epochBegin(PruningSession session) {
    hooks.epochBegin(session);
  }

  @Override
  public void stepBegin(PruningSession session) {
    hooks.stepBegin(session);
  }

  @Override
  public void beforeDecision(PruningSession session) {
    hooks.beforeDecision(session);
  }

  @Override
  public void afterDecision(PruningSession session) {
    hooks.afterDecision(session);
  }

  @Override
  public void beforeOptimizerStep(PruningSession session) {
    hooks.beforeOptimizerStep(session);
  }

  @Override
  public void afterOptimizerStep(PruningSession session) {
    hooks.afterOptimizerStep(session);
  }

  @Override
  public void stepEnd(PruningSession session) {
    hooks.stepEnd(session);
  }

  @Override
  public void epochEnd(PruningSession session) {
    hooks.epochEnd(session);
  }

  @Override
  public void trainingEnd(PruningSession session) {
    hooks.trainingEnd(session);
  }
}
