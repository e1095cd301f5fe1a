package org.espalier.pruning.djl;

import ai.djl.Device;
import ai.djl.nn.Parameter;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;

/** A training configuration whose optimizer masks and whose listeners include a session's ear. */
final class AttachedConfig implements TrainingConfig {

  private final TrainingConfig config;
  private final MaskingOptimizer optimizer;
  private final List<TrainingListener> listeners;

  AttachedConfig(
      TrainingConfig config,
      Recipe recipe,
      PruningState start,
      TrainingHooks hooks,
      EvidenceSetup evidence) {
    this.config = config;
    this.optimizer = new MaskingOptimizer(config.getOptimizer());
    this.listeners = new ArrayList<>(config.getTrainingListeners());
    listeners.add(new Ear(optimizer, recipe, start, hooks, evidence));
  }

  @Override
  public Device[] getDevices() {
    return config.getDevices();
  }

  @Override
  public PairList<Initializer, Predicate<Parameter>> getInitializers() {
    return config.getInitializers();
  }

  @Override
  public Optimizer getOptimizer() {
    return optimizer;
  }

  @Override
  public Loss getLossFunction() {
    return config.getLossFunction();
  }

  @Override
  public ExecutorService getExecutorService() {
    return config.getExecutorService();
  }

  @Override
  public List<Evaluator> getEvaluators() {
    return config.getEvaluators();
  }

  @Override
  public List<TrainingListener> getTrainingListeners() {
    return listeners;
  }

  /** Tells a session of the events that DJL has for listeners. */
  static final class Ear extends TrainingListenerAdapter {

    private record Pair(PruningSession session, OptimizerSteps steps) {}

    private final MaskingOptimizer optimizer;
    private final Recipe recipe;
    private final PruningState start;
    private final TrainingHooks hooks;
    private final EvidenceSetup evidence;
    private final Map<Trainer, Pair> sessions =
        Collections.synchronizedMap(new IdentityHashMap<>());

    Ear(
        MaskingOptimizer optimizer,
        Recipe recipe,
        PruningState start,
        TrainingHooks hooks,
        EvidenceSetup evidence) {
      this.optimizer = optimizer;
      this.recipe = recipe;
      this.start = start;
      this.hooks = hooks;
      this.evidence = evidence;
    }

    /** Returns the session of a trainer; null if it has none. */
    PruningSession session(Trainer trainer) {
      Pair pair = sessions.get(trainer);
      return pair == null ? null : pair.session();
    }

    @Override
    public void onTrainingBegin(Trainer trainer) {
      PruningSession session =
          new PruningSession(trainer, recipe, hooks, start, Optional.of(optimizer), evidence);
      observeForwardPasses(trainer, session);
      OptimizerSteps steps = new OptimizerSteps(session);
      optimizer.add(steps);
      sessions.put(trainer, new Pair(session, steps));
      session.trainingBegins();
    }

    /**
     * Masks of stored weights do not depend on this: it only makes two hooks come at their proper
     * moment. Forward rules do.
     */
    private static void observeForwardPasses(Trainer trainer, PruningSession session) {
      try {
        TrainerAccess.replaceStore(
            trainer, new SessionParameterStore(trainer.getManager(), session, false));
      } catch (TrainerAccess.UnsupportedTrainerException e) {
        if (session.recipe().groups().stream().anyMatch(group -> group.forward().latent())) {
          session.close();
          throw e;
        }
        System.getLogger(Pruning.class.getName())
            .log(System.Logger.Level.DEBUG, "hooks before the forward pass come late", e);
      }
    }

    @Override
    public void onTrainingBatch(Trainer trainer, BatchData batchData) {
      sessions.get(trainer).session().batchTrained(batchData.getBatch());
    }

    @Override
    public void onValidationBatch(Trainer trainer, BatchData batchData) {
      sessions.get(trainer).session().batchValidated(batchData);
    }

    @Override
    public void onEpoch(Trainer trainer) {
      sessions.get(trainer).session().epochEnds();
    }

    @Override
    public void onTrainingEnd(Trainer trainer) {
      Pair pair = sessions.remove(trainer);
      if (pair != null) {
        optimizer.remove(pair.steps());
        pair.session().trainingEnds();
      }
    }
  }
}
