package org.espalier.pruning.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;

/** Short trainings with forward rules, from weights that are the same in every run. */
final class ForwardRuns implements AutoCloseable {

  /** All rules that learn masks, with strengths that prune something in a few steps. */
  static final Map<String, String> LEARNED =
      new TreeMap<>(
          Map.of(
              "l0", "{type: l0, lambda: 40, examples: 20, dropped: 0.91}",
              "variational-dropout", "{type: variational-dropout, examples: 20, start: -4}",
              "str", "{type: str, start: -3, decay: 0.1}",
              "learned-threshold",
                  "{type: learned-threshold, temperature: 0.3, lambda: 0.1, start: 0.1}",
              "continuous", "{type: continuous, end: 8, lambda: 0.01, start: 0.023}",
              "gate", "{type: gate, lambda: 0.01, start: 0.023}"));

  final Model model;
  final Trainer trainer;
  final Spies.SpyHooks hooks = new Spies.SpyHooks();

  ForwardRuns(OptimizerKind kind, Recipe recipe, boolean attached) {
    this(TinyTraining.config(kind), recipe, attached);
  }

  ForwardRuns(DefaultTrainingConfig plain, Recipe recipe, boolean attached) {
    model = TinyTraining.model();
    TrainingConfig config =
        TinyTraining.config(plain, recipe, attached, EvidenceSetup.FROM_TRAINING, hooks);
    trainer = model.newTrainer(config);
    // The initializer draws from the engine's state: the test's own values come in its place.
    model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, TinyTraining.inputShape());
    SplittableRandom random = new SplittableRandom(99);
    for (Parameter parameter : model.getBlock().getParameters().values()) {
      if (parameter.getArray().getShape().dimension() >= 2) {
        float[] values = new float[(int) parameter.getArray().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        write(parameter.getArray(), values);
      }
    }
    trainer.initialize(TinyTraining.inputShape());
  }

  /** Into the engine's own memory: results may depend on how a Java buffer is aligned. */
  static void write(NDArray array, float[] values) {
    try (NDArray alias = array.stopGradient();
        NDArray buffered = array.getManager().create(values, array.getShape())) {
      alias.muli(0).addi(buffered);
    }
  }

  /** The recipe of a rule that learns masks, which are observed at every step. */
  static Recipe learned(String forward) {
    return Recipe.parse(
        "{lifecycle: follow, schedule: {type: observe}, forward: %s}".formatted(forward));
  }

  ForwardRuns steps(int count) {
    for (int i = 0; i < count; i++) {
      TinyTraining.step(trainer, i);
    }
    return this;
  }

  PruningSession session() {
    return hooks.session;
  }

  Map<String, float[]> weights() {
    return TinyTraining.weights(model.getBlock());
  }

  /** Values of the weights that layers see outside training. */
  Map<String, float[]> settled() {
    Map<String, float[]> settled = new TreeMap<>();
    weights().keySet().forEach(path -> settled.put(path, session().settledValues(path)));
    return settled;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
