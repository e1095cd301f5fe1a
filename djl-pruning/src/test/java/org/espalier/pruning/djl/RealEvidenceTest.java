package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole trainings with the criteria of recipes and the collectors that they need. */
class RealEvidenceTest {

  private static final List<String> CRITERIA =
      List.of("snip", "grasp", "synflow", "wanda", "taylor-activation", "lookahead", "movement");

  private final SpyHooks hooks = new SpyHooks();

  static Stream<Arguments> criteria() {
    return CRITERIA.stream()
        .flatMap(name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
  }

  /** Batch norm has state that a measurement could move; dropout draws from the engine. */
  private static Model model() {
    Engine.getInstance().setRandomSeed(21);
    Model model = Model.newInstance("tiny");
    model.setBlock(
        new SequentialBlock()
            .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(10).build())
            .add(Activation.reluBlock())
            .add(Dropout.builder().optRate(0.3f).build())
            .add(Linear.builder().setUnits(TinyTraining.CLASSES).build()));
    return model;
  }

  private static Recipe recipe(String criterion, double sparsity, int step, String rest) {
    return Recipe.parse(
        "{criterion: %s, schedule: {type: one-shot, target: %s, at: %d}, %s}"
            .formatted(criterion, sparsity, step, rest));
  }

  private TrainingConfig config(Recipe recipe, boolean attached) {
    return TinyTraining.config(
        TinyTraining.config(OptimizerKind.SGD),
        recipe,
        attached,
        EvidenceSetup.FROM_TRAINING,
        hooks);
  }

  private static Map<String, float[]> train(Model model, TrainingConfig config, int steps) {
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(TinyTraining.inputShape());
      // Momentum and dropout would show any trace that a measurement leaves.
      for (int i = 0; i < steps; i++) {
        TinyTraining.step(trainer, i);
      }
      return TinyTraining.parameters(model.getBlock());
    }
  }

  /** A decision that prunes nothing leaves the training as it is without pruning, bit for bit. */
  @ParameterizedTest(name = "{0}, attached: {1}")
  @MethodSource("criteria")
  void measuringLeavesNoTrace(String criterion, boolean attached) {
    Map<String, float[]> plain;
    try (Model model = model()) {
      plain = train(model, TinyTraining.config(OptimizerKind.SGD), 5);
    }
    try (Model model = model()) {
      Recipe recipe = recipe(criterion, 0, 2, "rounds: 1");
      Map<String, float[]> measured = train(model, config(recipe, attached), 5);
      assertEquals(3, hooks.session.state().masks().size());
      plain.forEach((path, values) -> assertArrayEquals(values, measured.get(path), path));
    }
  }

  /** One recipe, one listener: exact counts before the first optimizer step. */
  @ParameterizedTest(name = "{0}, attached: {1}")
  @MethodSource("criteria")
  void pruningAtInitialization(String criterion, boolean attached) {
    try (Model model = model()) {
      Recipe recipe = recipe(criterion, 0.9, 0, "batches: 2, rounds: 3");
      Map<String, float[]> after = train(model, config(recipe, attached), 4);
      Map<String, Mask> masks = hooks.masksBeforeStep.get(0L);
      // 3.6 + .5, 64, 3 of 36 + 640 + 30
      assertEquals(4, masks.get("01Conv2d_weight").keptCount());
      assertEquals(64, masks.get("05Linear_weight").keptCount());
      assertEquals(3, masks.get("08Linear_weight").keptCount());
      masks.forEach((path, mask) -> assertEquals(true, TinyTraining.holds(mask, after.get(path))));
    }
  }

  /** Iterative SNIP by hand: DJL's own gradients of a network that is masked in between. */
  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void roundsOfSnipByHand(boolean attached) {
    Recipe recipe = recipe("snip", 0.84, 0, "rounds: 2");
    Map<String, int[]> expected = new TreeMap<>();
    Engine.getInstance().setRandomSeed(3);
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(TinyTraining.config(OptimizerKind.SGD))) {
      trainer.initialize(TinyTraining.inputShape());
      // densities .16^(1/2) = .4, then .16
      for (double density : new double[] {0.4, 0.16}) {
        TinyTraining.backward(trainer, 6);
        Map<String, float[]> gradients = TinyTraining.gradients(model.getBlock());
        TinyTraining.weights(model.getBlock())
            .forEach((path, w) -> expected.put(path, best(density, w, gradients.get(path))));
        expected.forEach((path, kept) -> keepOnly(model, path, kept));
        gradients.keySet().forEach(path -> zeroGradient(model, path));
      }
    }
    Engine.getInstance().setRandomSeed(3);
    try (Model model = TinyTraining.model();
        Trainer trainer = model.newTrainer(config(recipe, attached))) {
      trainer.initialize(TinyTraining.inputShape());
      TinyTraining.step(trainer, 6);
    }
    expected.forEach(
        (path, kept) -> {
          Mask mask = hooks.session.state().masks().get(path);
          int[] found = IntStream.range(0, mask.elements()).filter(mask::isKept).toArray();
          assertArrayEquals(kept, found, path);
        });
    assertEquals(3, expected.size());
  }

  /** Indices of the largest |w g|, lower indices first among equals; pruned weights are 0. */
  private static int[] best(double density, float[] weights, float[] gradients) {
    return IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs((double) weights[i] * gradients[i])))
        .limit((long) Math.floor(density * weights.length + 0.5))
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void keepOnly(Model model, String path, int[] kept) {
    NDArray array = model.getBlock().getParameters().get(path).getArray();
    float[] values = array.toFloatArray();
    float[] masked = new float[values.length];
    for (int i : kept) {
      masked[i] = values[i];
    }
    new Mirrors(Map.of(path, model.getBlock().getParameters().get(path))).write(path, masked);
  }

  private static void zeroGradient(Model model, String path) {
    Mirrors.zeroGradient(model.getBlock().getParameters().get(path).getArray());
  }
}
