package org.espalier.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.Tensor;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.SGD;

/** What is refused, when, and with which words. */
class PruningOptimiserTest {

  @TempDir Path folder;

  @BeforeAll
  static void silence() {
    GeneratedData.silenceTribuo();
  }

  private PropertyException refusal(String properties) throws IOException {
    Path file = folder.resolve("config.xml");
    Files.writeString(
        file,
        "<config><component name=\"pruning\" type=\"org.espalier.tribuo.PruningOptimiser\">"
            + "<property name=\"optimiser\" value=\"sgd\"/>"
            + properties
            + "</component><component name=\"sgd\" type=\"org.tribuo.math.optimisers.AdaGrad\">"
            + "<property name=\"initialLearningRate\" value=\"0.5\"/></component></config>");
    try (ConfigurationManager manager = new ConfigurationManager(file.toString())) {
      return assertThrows(PropertyException.class, () -> manager.lookup("pruning"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sparsity=1.0 begin=5 | sparsity | found 1.0",
        "sparsity=-0.5 begin=5 | sparsity | fraction of zeros in (0, 1)",
        "sparsity=NaN begin=5 | sparsity | found NaN",
        "sparsity=0.5 | begin | linear weights start at zero",
        "sparsity=0.5 begin=5 every=2 | every | set end too",
        "sparsity=0.5 begin=-1 end=5 | begin | found -1",
        "sparsity=0.5 begin=5 end=5 | end | more than begin = 5",
        "sparsity=0.5 begin=5 end=9 every=0 | every | at least 1 optimizer step",
        "begin=5 | recipePath | set recipePath, recipe or sparsity",
        "sparsity=0.5 begin=5 recipePath=a.yaml | sparsity | keep one of [recipePath, sparsity]",
        "recipe=x recipePath=a.yaml | recipe | keep one of [recipePath, recipe]",
        "recipePath=absent.yaml | recipePath | NoSuchFileException",
        "recipePath=absent.yaml begin=5 | begin | belongs to sparsity",
        "recipePath=absent.yaml end=5 | end | belongs to sparsity",
        "recipePath=absent.yaml every=5 | every | belongs to sparsity",
        "recipe={schedule:{type:none}} | recipe | the recipe does not hold",
        "recipe={schedule:_{type:_one-shot,_target:_0.5,_unit:_epoch}} | recipe | counts epochs",
        "recipe={criterion:_wanda,_schedule:_{type:_one-shot,_target:_0.5}}"
            + " | recipe | ranks by what Tribuo does not show",
        "recipe={criterion:_movement,_schedule:_{type:_one-shot,_target:_0.5}}"
            + " | recipe | ranks by what Tribuo does not show"
      })
  void namesComponentPropertyAndCure(String properties, String property, String message)
      throws IOException {
    StringBuilder xml = new StringBuilder();
    for (String pair : properties.split(" ")) {
      String[] parts = pair.split("=");
      String value = parts[1].replace('_', ' ');
      xml.append("<property name=\"%s\" value=\"%s\"/>".formatted(parts[0], value));
    }
    PropertyException refused = refusal(xml.toString());
    assertTrue(
        refused.getMessage().startsWith("Component: pruning, Property: " + property + ","),
        refused.getMessage());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void epochsAreRefusedInRecipeValuesToo() {
    Recipe recipe = Recipe.of(new OneShot(0.5, Timing.Unit.EPOCH, 1));
    PropertyException refused =
        assertThrows(PropertyException.class, () -> new PruningOptimiser(new AdaGrad(0.5), recipe));
    assertEquals(
        "Property: recipe, group 'weights' counts epochs, which Tribuo does not show to an"
            + " optimiser; set the unit of its schedule to step: an epoch has examples / minibatch"
            + " size steps",
        refused.getMessage());
  }

  private static InvalidInputException failure(Recipe recipe) {
    var pruning = new PruningOptimiser(new AdaGrad(0.5), recipe);
    var trainer = new LinearSGDTrainer(new LogMulticlass(), pruning, 2, -1, 1, 42);
    return assertThrows(
        InvalidInputException.class, () -> trainer.train(GeneratedData.labels(60, 1)));
  }

  @Test
  void zerosBeforeTrainingDecideNothing() {
    assertEquals(
        "weights: expected weights that training has moved to decide a mask, found only zeros"
            + " after 0 optimizer steps; Tribuo's linear weights start at zero: let the schedule of"
            + " group 'weights' begin later, for example after an epoch",
        failure(Recipe.oneShot(0.5)).getMessage());
  }

  @Test
  void aTrainingShorterThanItsScheduleIsRefused() {
    assertEquals(
        "schedule of group 'weights': expected a training of more than 120 optimizer steps, when"
            + " its target is reached, found 120 steps; let the schedule end earlier or train"
            + " longer; an epoch has examples / minibatch size steps",
        failure(Recipe.of(new OneShot(0.5, Timing.Unit.STEP, 120))).getMessage());
  }

  @Test
  void namesThatTheModelDoesNotHaveAreRefusedBeforeTraining() {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 5))
                .optInclude("factors-*")
                .build());
    assertEquals(
        "group 'weights', include: expected a glob that matches one of [weights], found"
            + " 'factors-*'; correct or remove it",
        failure(recipe).getMessage());
  }

  @Test
  void weightsThatAreNotFiniteDecideNothing() {
    var pruning = new PruningOptimiser(new AdaGrad(0.5), 0.5, 1);
    var parameters = new LinearParameters(3, 2);
    pruning.initialise(parameters);
    pruning.step(gradients(), 1);
    parameters.getWeightMatrix().set(1, 0, 1e300);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> pruning.step(gradients(), 1));
    // The index counts without the bias column: (1, 0) of a 2 x 2 matrix.
    assertTrue(refused.getMessage().startsWith("weights[2]: expected finite weights"));
  }

  @Test
  void anInfiniteUpdateOfAPrunedWeightIsZeroNotNaN() {
    var pruning = new PruningOptimiser(SGD.getSimpleSGD(1), 0.5, 1);
    var parameters = new LinearParameters(3, 2);
    pruning.initialise(parameters);
    parameters.update(pruning.step(gradients(), 1));
    DenseMatrix blown = new DenseMatrix(2, 3);
    blown.set(0, 0, Double.POSITIVE_INFINITY);
    blown.set(0, 2, 8);
    Tensor[] update = pruning.step(new Tensor[] {blown}, 1);
    parameters.update(update);
    // Magnitudes 1, 2 and 4, 5 without the bias column: 1 and 2 are pruned.
    assertEquals(
        DenseMatrix.createDenseMatrix(new double[][] {{0, 0, 3 + 8}, {-4, 5, 6}}),
        parameters.getWeightMatrix());
  }

  @Test
  void gradientsAreThoseOfTheLossWhereTribuoHandsOverAscent() {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 1))
                .optCriterion(new GradientScore(true))
                .build());
    var pruning = new PruningOptimiser(SGD.getSimpleSGD(1), recipe);
    var parameters = new LinearParameters(3, 2);
    pruning.initialise(parameters);
    parameters.update(pruning.step(gradients(), 1));
    parameters.update(pruning.step(gradients(), 1));
    // Loss gradients -1, 2 and 4, -5: the weights of 2 and 4 live, and double in the second step.
    assertEquals(
        DenseMatrix.createDenseMatrix(new double[][] {{0, -4, 6}, {-8, 0, 12}}),
        parameters.getWeightMatrix());
  }

  private static Tensor[] gradients() {
    return new Tensor[] {DenseMatrix.createDenseMatrix(new double[][] {{1, -2, 3}, {-4, 5, 6}})};
  }

  @Test
  void aStepNeedsParameters() {
    var pruning = new PruningOptimiser(new AdaGrad(0.5), 0.5, 1);
    assertThrows(IllegalStateException.class, () -> pruning.step(gradients(), 1));
    pruning.initialise(new LinearParameters(3, 2));
    pruning.step(gradients(), 1);
    pruning.reset();
    assertThrows(IllegalStateException.class, () -> pruning.step(gradients(), 1));
    assertThrows(IllegalStateException.class, pruning::finalise);
  }

  @Test
  void resetReachesTheInnerOptimiser() {
    // The rate of this one falls with every step it has taken.
    var pruning = new PruningOptimiser(SGD.getLinearDecaySGD(1), 0.5, 9);
    Tensor first = null;
    for (int training = 0; training < 2; training++) {
      pruning.initialise(new LinearParameters(3, 2));
      Tensor update = pruning.step(gradients(), 1)[0];
      assertNotEquals(update, pruning.step(gradients(), 1)[0]);
      assertEquals(first == null ? update : first, update);
      first = update;
      pruning.reset();
    }
  }

  @Test
  void copiesShareSettingsAndNothingElse() {
    var pruning = new PruningOptimiser(new AdaGrad(0.5), 0.5, 1);
    pruning.initialise(new LinearParameters(3, 2));
    PruningOptimiser copy = pruning.copy();
    assertNotSame(pruning, copy);
    assertEquals(pruning.recipe(), copy.recipe());
    assertEquals(pruning.toString(), copy.toString());
    assertEquals(pruning.getProvenance(), copy.getProvenance());
    assertThrows(IllegalStateException.class, () -> copy.step(gradients(), 1));

    var recipe = new PruningOptimiser(new AdaGrad(0.5), pruning.recipe());
    assertEquals(recipe.getProvenance(), recipe.copy().getProvenance());
  }
}
