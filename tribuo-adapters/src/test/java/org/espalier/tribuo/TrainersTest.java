package org.espalier.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.mask.Counts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sequence.example.SequenceDataGenerator;
import org.tribuo.classification.sgd.crf.CRFTrainer;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.Adam;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.regression.evaluation.RegressionEvaluator;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Trains real models of every kind, dense and pruned, and compares what they have learned. */
class TrainersTest {

  private static final int WEIGHTS = GeneratedData.CLASSES * GeneratedData.FEATURES;

  @BeforeAll
  static void silence() {
    GeneratedData.silenceTribuo();
  }

  private static LinearSGDTrainer logistic(StochasticGradientOptimiser optimiser) {
    return new LinearSGDTrainer(new LogMulticlass(), optimiser, 5, -1, 4, 42);
  }

  private static double accuracy(Trainer<Label> trainer) {
    var model = trainer.train(GeneratedData.labels(600, 1));
    return new LabelEvaluator().evaluate(model, GeneratedData.labels(600, 2)).accuracy();
  }

  @Test
  void logisticRegressionKeepsItsAccuracyWithOneWeightInFive() {
    double dense = accuracy(logistic(new AdaGrad(0.3)));
    // 9 of 40 features matter; 80 % sparsity leaves 8 per class.
    double pruned = accuracy(logistic(new PruningOptimiser(new AdaGrad(0.3), 0.8, 150, 500, 50)));
    assertTrue(dense > 0.85, "dense accuracy " + dense + ", chance 0.33");
    assertTrue(pruned > dense - 0.02, "dense " + dense + ", pruned " + pruned);
  }

  @Test
  void regressionKeepsExactlyTheInformativeWeights() {
    // 5 and 4 of 40 features make the targets: 9 of 80 weights, a sparsity of 0.8875.
    var trainer =
        new org.tribuo.regression.sgd.linear.LinearSGDTrainer(
            new SquaredLoss(),
            new PruningOptimiser(new AdaGrad(0.3), 0.8875, 300, 1500, 100),
            10,
            -1,
            2,
            42L);
    var model = trainer.train(GeneratedData.targets(400, 1));
    double r2 =
        new RegressionEvaluator().evaluate(model, GeneratedData.targets(400, 2)).averageR2();
    assertEquals(
        List.of(new PrunedWeights.Count("weights", 80, 71)), PrunedWeights.of(model).tensors());
    assertTrue(r2 > 0.99, "R2 " + r2 + "; noise allows 0.998");
    for (int f = 0; f < GeneratedData.FEATURES; f++) {
      for (int t = 0; t < GeneratedData.TARGETS; t++) {
        // Outputs and features are in name order, as they were made.
        assertEquals(f < 9 && f % 2 == t, model.getWeightsCopy().get(t, f) != 0, f + " to " + t);
      }
    }
  }

  @Test
  void factorizationMachinePrunesLinearWeightsAndFactorsOfEachOutput() {
    // One example at a time: Tribuo 4.3.2 cannot merge factor gradients of which one is all zero.
    int factors = 4;
    var pruning = new PruningOptimiser(new Adam(0.005, 1e-6), 0.75, 1200);
    var dense =
        new FMClassificationTrainer(
            new LogMulticlass(), new Adam(0.005, 1e-6), 4, -1, 1, 42, factors, 0.1);
    var trainer =
        new FMClassificationTrainer(new LogMulticlass(), pruning, 4, -1, 1, 42, factors, 0.1);
    var model = trainer.train(GeneratedData.labels(600, 1));

    long matrix = (long) factors * GeneratedData.FEATURES;
    assertEquals(
        List.of(
            new PrunedWeights.Count("weights", WEIGHTS, WEIGHTS - Counts.kept(0.75, WEIGHTS)),
            new PrunedWeights.Count("factors-0", matrix, matrix - Counts.kept(0.75, matrix)),
            new PrunedWeights.Count("factors-1", matrix, matrix - Counts.kept(0.75, matrix)),
            new PrunedWeights.Count("factors-2", matrix, matrix - Counts.kept(0.75, matrix))),
        PrunedWeights.of(model).tensors());
    assertEquals(0.75, PrunedWeights.of(model).sparsity());
    for (double bias : model.getBiasesCopy().toArray()) {
      assertNotEquals(0.0, bias);
    }
    double accuracy = accuracy(trainer);
    double denseAccuracy = accuracy(dense);
    assertTrue(
        accuracy > 0.8 && accuracy > denseAccuracy - 0.03, accuracy + ", dense " + denseAccuracy);
  }

  @Test
  void conditionalRandomFieldPrunesFeaturesAndOnRequestOnlyThem() {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 20))
                .optInclude("parameter-1")
                .build());
    SpyOptimiser spy = new SpyOptimiser(new PruningOptimiser(new AdaGrad(0.3), recipe));
    new CRFTrainer(spy, 10, -1, 1, 42).train(SequenceDataGenerator.generateGorillaDataset(5));

    double[][] before = spy.seen().get(20);
    double[][] model = spy.seen().get(spy.seen().size() - 1);
    int features = before[1].length;
    long zerosBefore = Arrays.stream(before[1]).filter(w -> w == 0).count();
    assertTrue(zerosBefore < features / 2, "the test needs weights to prune");
    assertEquals(
        features - Counts.kept(0.5, features), Arrays.stream(model[1]).filter(w -> w == 0).count());
    assertTrue(Arrays.stream(model[0]).noneMatch(w -> w == 0));
    assertTrue(Arrays.stream(model[2]).noneMatch(w -> w == 0));
  }

  @Test
  void sameSeedSameWeightsAndEachTrainingStartsAfresh() {
    var first = logistic(new PruningOptimiser(new AdaGrad(0.3), 0.8, 200));
    var again = logistic(new PruningOptimiser(new AdaGrad(0.3), 0.8, 200));
    var data = GeneratedData.labels(300, 1);
    List<AbstractLinearSGDModel<Label>> models =
        List.of(first.train(data), first.train(data), again.train(data), again.train(data));
    for (var model : models) {
      // A mask of the training before would fix the zeros and prune from the first step.
      assertEquals(WEIGHTS - 24, PrunedWeights.of(model).zeros());
    }
    assertEquals(models.get(0).getWeightsCopy(), models.get(2).getWeightsCopy());
    assertEquals(models.get(1).getWeightsCopy(), models.get(3).getWeightsCopy());
    assertNotEquals(models.get(0).getWeightsCopy(), models.get(1).getWeightsCopy());
  }

  @Test
  void criteriaSeeGradientsWithoutTheBias() {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0.925, Timing.Unit.STEP, 1))
                .optCriterion(new GradientScore(false))
                .build());
    // All examples in one minibatch and weights near zero: each class has its largest gradients at
    // the 3 features whose mean tells it, 9 of 120 weights.
    var data = GeneratedData.labels(600, 1);
    var pruning = new PruningOptimiser(SGD.getSimpleSGD(1e-6), recipe);
    var model = new LinearSGDTrainer(new LogMulticlass(), pruning, 4, -1, 600, 42).train(data);
    for (int label = 0; label < GeneratedData.CLASSES; label++) {
      int row = model.getOutputIDInfo().getID(new Label("class-" + label));
      for (int f = 0; f < GeneratedData.FEATURES; f++) {
        boolean tells = f < 9 && f % GeneratedData.CLASSES == label;
        assertEquals(tells, model.getWeightsCopy().get(row, f) != 0, label + ", " + f);
      }
    }
  }
}
