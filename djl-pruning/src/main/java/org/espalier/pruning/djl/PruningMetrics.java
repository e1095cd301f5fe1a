package org.espalier.pruning.djl;

import ai.djl.metric.Metrics;
import ai.djl.training.evaluator.Evaluator;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.espalier.pruning.core.PruningGroup;

/**
 * What a pruning says of itself in DJL's own words.
 *
 * <p>The trainer's {@link Metrics}, where it has some, get {@value #SPARSITY} after every optimizer
 * step, and {@value #PENALTY} after the first of every {@value #PENALTY_EVERY} steps if the recipe
 * has regularizers or forward rules that learn masks. The loss that DJL reports is that of the data
 * alone.
 *
 * <p>Two evaluators, {@value #SPARSITY_EVALUATOR} and, with regularizers, {@value
 * #PENALTY_EVALUATOR}, show the same to DJL's listeners: {@code LoggingTrainingListener} prints
 * them, {@code EvaluatorTrainingListener} records them per batch and epoch ({@code
 * train_epoch_Sparsity}). They come first in {@code trainer.getEvaluators()}, because DJL's
 * progress bar has room for two; its lines at the end of an epoch show all. Whoever wants the bar
 * for others moves or removes them after {@code model.newTrainer}.
 */
public final class PruningMetrics implements TrainingHooks {

  /** Metric: zeros / elements of all that the recipe prunes, in [0, 1). */
  public static final String SPARSITY = "espalier_sparsity";

  /** Metric: the sum of what the recipe's regularizers charge, no part of the loss. */
  public static final String PENALTY = "espalier_penalty";

  /** Name of the evaluator that shows the sparsity. */
  public static final String SPARSITY_EVALUATOR = "Sparsity";

  /** Name of the evaluator that shows the penalty. */
  public static final String PENALTY_EVALUATOR = "Penalty";

  /** A penalty looks at every weight on the host, so it is not added up at every step. */
  public static final int PENALTY_EVERY = 10;

  private LiveFigure penalty;

  PruningMetrics() {}

  @Override
  public void trainingBegin(PruningSession session) {
    List<Evaluator> evaluators = session.trainer().getEvaluators();
    evaluators.add(
        0, new FigureEvaluator(SPARSITY_EVALUATOR, figure(session, 1, session::sparsity)));
    if (session.recipe().groups().stream().anyMatch(PruningMetrics::charges)) {
      penalty = figure(session, PENALTY_EVERY, session::penalty);
      evaluators.add(1, new FigureEvaluator(PENALTY_EVALUATOR, penalty));
    }
  }

  private static boolean charges(PruningGroup group) {
    return !group.regularizers().isEmpty() || group.forward().learnsMasks();
  }

  private static LiveFigure figure(PruningSession session, int everySteps, DoubleSupplier source) {
    return new LiveFigure(everySteps, () -> session.state().time().step(), source);
  }

  @Override
  public void afterOptimizerStep(PruningSession session) {
    Metrics metrics = session.trainer().getMetrics();
    if (metrics == null) {
      return;
    }
    metrics.addMetric(SPARSITY, session.sparsity());
    if (penalty != null && session.state().time().step() % PENALTY_EVERY == 0) {
      metrics.addMetric(PENALTY, penalty.now());
    }
  }
}
