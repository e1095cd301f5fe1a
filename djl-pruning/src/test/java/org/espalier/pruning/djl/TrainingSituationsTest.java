package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.SaveModelTrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.EspalierException;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens around a training loop: accumulation, frozen layers, several trainers, saving. */
class TrainingSituationsTest {

  private static final String OUTPUT = "07Linear_weight";
  private static final String HIDDEN = "05Linear_weight";
  private static final String CONVOLUTION = "01Conv2d_weight";

  private static void step(Trainer trainer, long seed) {
    try (Batch batch = TinyTraining.batch(trainer.getManager(), seed)) {
      EasyTrain.trainBatch(trainer, batch);
    }
    trainer.step();
  }

  private static void backward(Trainer trainer, long seed) {
    try (Batch batch = TinyTraining.batch(trainer.getManager(), seed);
        GradientCollector collector = trainer.newGradientCollector()) {
      collector.backward(
          trainer.getLoss().evaluate(batch.getLabels(), trainer.forward(batch.getData())));
    }
  }

  /** Keeps the gradients that it was shown. */
  private static final class GradientSpy implements Criterion {

    private final Map<String, float[]> seen = new TreeMap<>();

    @Override
    public String type() {
      return "gradient-spy";
    }

    @Override
    public Set<Statistic> needs() {
      return Set.of(Statistic.GRADIENT);
    }

    @Override
    public Scores score(WeightTensor tensor) {
      seen.put(tensor.name(), tensor.gradients());
      return Scores.of(tensor.values().clone());
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void theDecisionSeesTheAccumulatedGradient(boolean attached) {
    GradientSpy spy = new GradientSpy();
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 0)).optCriterion(spy).build());
    try (Model model = TinyTraining.model()) {
      TrainingConfig config = TinyTraining.config(OptimizerKind.SGD, recipe, attached);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(TinyTraining.inputShape());
        // What three backward passes add up to, read from DJL itself.
        for (int k = 0; k < 3; k++) {
          backward(trainer, k);
        }
        Map<String, float[]> accumulated = new TreeMap<>();
        model
            .getBlock()
            .getParameters()
            .forEach(
                pair -> {
                  if (pair.getValue().requiresGradient()) {
                    try (NDArray gradient = pair.getValue().getArray().getGradient()) {
                      accumulated.put(pair.getKey(), gradient.toFloatArray());
                    }
                  }
                });
        trainer.step();
        assertEquals(Set.of(CONVOLUTION, HIDDEN, OUTPUT), spy.seen.keySet());
        spy.seen.forEach((path, seen) -> assertArrayEquals(accumulated.get(path), seen, path));
        assertTrue(TinyTraining.nonZeros(spy.seen.get(HIDDEN)) > 0);
      }
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void frozenLayersAreLeftAlone(boolean attached) {
    Recipe recipe = Recipe.of(Curve.cubic(0, 0.8, new Timing(Timing.Unit.STEP, 0, 4, 1)));
    try (Model model = TinyTraining.model()) {
      TrainingConfig config = TinyTraining.config(OptimizerKind.ADAM, recipe, attached);
      model
          .getBlock()
          .initialize(model.getNDManager(), model.getDataType(), TinyTraining.inputShape());
      model.getBlock().getParameters().get(HIDDEN).freeze(true);
      float[] before = TinyTraining.weights(model.getBlock()).get(HIDDEN);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(TinyTraining.inputShape());
        for (int i = 0; i < 6; i++) {
          step(trainer, i);
        }
      }
      Map<String, float[]> weights = TinyTraining.weights(model.getBlock());
      assertArrayEquals(before, weights.get(HIDDEN));
      assertEquals(7, TinyTraining.nonZeros(weights.get(CONVOLUTION))); // 7.2 of 36
      assertEquals(6, TinyTraining.nonZeros(weights.get(OUTPUT))); // 6 of 30
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aLayerFrozenAfterItWasPrunedKeepsItsZeros(boolean attached) {
    Recipe recipe = Recipe.of(Curve.cubic(0.2, 0.8, new Timing(Timing.Unit.STEP, 0, 4, 1)));
    try (Model model = TinyTraining.model()) {
      TrainingConfig config = TinyTraining.config(OptimizerKind.SGD, recipe, attached);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(TinyTraining.inputShape());
        step(trainer, 0);
        model.getBlock().getParameters().get(HIDDEN).freeze(true);
        for (int i = 1; i < 6; i++) {
          step(trainer, i);
          assertTrue(
              TinyTraining.nonZeros(TinyTraining.weights(model.getBlock()).get(HIDDEN))
                  <= 512); // 0.8 of 640 after the first decision, fewer later
        }
        assertEquals(
            128, TinyTraining.nonZeros(TinyTraining.weights(model.getBlock()).get(HIDDEN)));
      }
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void twoTrainersOneAfterTheOtherPruneEachItsOwnNetwork(boolean attached) {
    Recipe recipe = Recipe.oneShot(0.5);
    TrainingConfig config = TinyTraining.config(OptimizerKind.SGD, recipe, attached);
    try (Model first = TinyTraining.model();
        Model second = TinyTraining.model()) {
      // Both exist before either trains; they share configuration, listener and optimizer.
      try (Trainer one = first.newTrainer(config);
          Trainer two = second.newTrainer(config)) {
        one.initialize(TinyTraining.inputShape());
        two.initialize(TinyTraining.inputShape());
        for (int i = 0; i < 3; i++) {
          step(one, i);
          assertEquals(320, hiddenNonZeros(first));
          assertEquals(i == 0 ? 640 : 320, hiddenNonZeros(second));
          step(two, 100 + i);
          assertEquals(320, hiddenNonZeros(second));
        }
      }
      // A third trainer on a network that was pruned before.
      try (Trainer again = first.newTrainer(config)) {
        again.initialize(TinyTraining.inputShape());
        step(again, 5);
        assertEquals(320, hiddenNonZeros(first));
      }
    }
  }

  private static int hiddenNonZeros(Model model) {
    return TinyTraining.nonZeros(TinyTraining.weights(model.getBlock()).get(HIDDEN));
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void modelsSavedByDjlAtAnyEpochHaveExactZeros(boolean attached, @TempDir Path folder)
      throws Exception {
    Recipe recipe = Recipe.of(Curve.cubic(0, 0.9, new Timing(Timing.Unit.EPOCH, 0, 3, 1)));
    // 36 + 640 + 30 at sparsities 0, .9(1-(2/3)^3) = .6333, .9(1-(1/3)^3) = .8667, .9
    int[] kept = {706, 13 + 235 + 11, 5 + 85 + 4, 4 + 64 + 3};
    DefaultTrainingConfig plain = TinyTraining.config(OptimizerKind.ADAMW);
    // Before and after the pruning listener: its place in the list must not matter.
    plain.addTrainingListeners(
        new SaveModelTrainingListener(folder.resolve("a").toString(), "tiny", 1));
    TrainingConfig config = attached ? Pruning.attach(plain, recipe) : plain;
    if (!attached) {
      plain.addTrainingListeners(new PruningListener(recipe));
      plain.addTrainingListeners(
          new SaveModelTrainingListener(folder.resolve("b").toString(), "tiny", 1));
    }
    try (Model model = TinyTraining.model()) {
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.setMetrics(new Metrics());
        trainer.initialize(TinyTraining.inputShape());
        EasyTrain.fit(trainer, 4, TinyTraining.dataset(() -> {}), null);
      }
    }
    for (String place : attached ? List.of("a") : List.of("a", "b")) {
      for (int epoch = 1; epoch <= 4; epoch++) {
        try (Model saved = TinyTraining.model()) {
          saved.load(folder.resolve(place), "tiny", Map.of("epoch", epoch));
          int nonZeros =
              TinyTraining.weights(saved.getBlock()).values().stream()
                  .mapToInt(TinyTraining::nonZeros)
                  .sum();
          assertEquals(kept[epoch - 1], nonZeros, "epoch " + epoch);
        }
      }
    }
  }

  @Test
  void aRunGoesOnFromItsState() {
    PruningState state;
    try (Model model = TinyTraining.model()) {
      PruningListener listener = new PruningListener(Recipe.oneShot(0.9));
      DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
      config.addTrainingListeners(listener);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(TinyTraining.inputShape());
        step(trainer, 1);
      }
      state = listener.state();
    }
    // Dense weights, old masks: the zeros are there before the first forward pass.
    try (Model model = TinyTraining.model()) {
      DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
      config.addTrainingListeners(new PruningListener(Recipe.oneShot(0.9), state));
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(TinyTraining.inputShape());
        Map<String, float[]> weights = TinyTraining.weights(model.getBlock());
        state
            .masks()
            .forEach((path, mask) -> assertTrue(TinyTraining.holds(mask, weights.get(path)), path));
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    List<Map<String, float[]>> weights = new ArrayList<>();
    List<Map<String, Mask>> masks = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      Engine.getInstance().setRandomSeed(11);
      try (Model model = TinyTraining.model()) {
        PruningListener listener =
            new PruningListener(
                Recipe.of(Curve.cubic(0, 0.9, new Timing(Timing.Unit.STEP, 0, 8, 2))));
        DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
        config.addTrainingListeners(listener);
        try (Trainer trainer = model.newTrainer(config)) {
          trainer.initialize(TinyTraining.inputShape());
          for (int i = 0; i < 12; i++) {
            step(trainer, i);
          }
        }
        weights.add(TinyTraining.weights(model.getBlock()));
        masks.add(listener.state().masks());
      }
    }
    assertEquals(masks.get(0), masks.get(1));
    weights
        .get(0)
        .forEach((path, values) -> assertArrayEquals(values, weights.get(1).get(path), path));
    assertFalse(masks.get(0).isEmpty());
  }

  @Test
  void twoListenersOnOneTrainerAreRefused() {
    try (Model model = TinyTraining.model()) {
      DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
      config.addTrainingListeners(new PruningListener(Recipe.oneShot(0.9)));
      config.addTrainingListeners(new PruningListener(Recipe.oneShot(0.5)));
      EspalierException error =
          assertThrows(EspalierException.class, () -> model.newTrainer(config));
      assertEquals(
          "training listeners: expected one PruningListener per trainer, found two; put both"
              + " groups into one recipe",
          error.getMessage());
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void aRecipeThatDoesNotFitIsRefusedWhenTheNetworkIsFirstSeen(boolean attached) {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.9, Timing.Unit.STEP, 0)).optInclude("99*").build());
    try (Model model = TinyTraining.model()) {
      TrainingConfig config = TinyTraining.config(OptimizerKind.SGD, recipe, attached);
      try (Trainer trainer = model.newTrainer(config)) {
        assertThrows(
            InvalidInputException.class, () -> trainer.initialize(TinyTraining.inputShape()));
      }
    }
  }

  @Test
  void masksOfAnotherNetworkAreRefused() {
    PruningState state = new PruningState(TrainingTime.START, Map.of(HIDDEN, Mask.dense(2, 2)));
    try (Model model = TinyTraining.model()) {
      DefaultTrainingConfig config = TinyTraining.config(OptimizerKind.SGD);
      config.addTrainingListeners(new PruningListener(Recipe.oneShot(0.9), state));
      try (Trainer trainer = model.newTrainer(config)) {
        InvalidInputException error =
            assertThrows(
                InvalidInputException.class, () -> trainer.initialize(TinyTraining.inputShape()));
        assertEquals(
            HIDDEN
                + ": expected a parameter of shape [2, 2] for its mask, found [10, 64]; start"
                + " from the state of a run of this network",
            error.getMessage());
      }
    }
  }
}
