package org.espalier.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.pruning.core.Recipe;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.sgd.AbstractSGDModel;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.sgd.fm.FMMultiLabelTrainer;
import org.tribuo.multilabel.sgd.objectives.BinaryCrossEntropy;
import org.tribuo.regression.sgd.fm.FMRegressionTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Schedules and patterns of the core vocabulary on Tribuo's models, to exact counts. */
class VocabularyTest {

  private static final int EXAMPLES = 240;

  @BeforeAll
  static void silence() {
    GeneratedData.silenceTribuo();
  }

  private static PruningOptimiser pruning(String recipe) {
    return new PruningOptimiser(new AdaGrad(0.1), Recipe.parse(recipe));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: one-shot, target: 0.8, at: 60",
        "type: linear, target: 0.8, begin: 60, end: 200, every: 20",
        "type: cubic, target: 0.8, begin: 60, end: 200, every: 20",
        "type: cube, target: 0.8, begin: 60, end: 200, every: 20",
        "type: cosine, target: 0.8, begin: 60, end: 200, every: 20",
        "type: exponential, target: 0.8, begin: 60, end: 200, every: 20",
        "type: geometric, target: 0.8, rate: 0.4, begin: 60, end: 200, every: 20",
        "type: constant, target: 0.8, begin: 60, end: 200, every: 20",
        "type: piecewise, points: {60: 0.3, 200: 0.8}, every: 20"
      })
  void schedulesReachTheirTarget(String schedule) {
    var pruning = pruning("{schedule: {" + schedule + "}}");
    var model =
        new LinearSGDTrainer(new LogMulticlass(), pruning, 4, -1, 4, 42)
            .train(GeneratedData.labels(EXAMPLES, 1));
    assertZeros(0.8, model);
  }

  private static void assertZeros(double sparsity, AbstractSGDModel<?> model) {
    for (PrunedWeights.Count count : PrunedWeights.of(model).tensors()) {
      long expected = count.elements() - Counts.kept(sparsity, count.elements());
      assertEquals(expected, count.zeros(), count.name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // 3 x 40 weights: units, and how many of them live.
    "unstructured, 0.75, 30",
    "2:4, 0.5, 60",
    "1:4, 0.75, 30",
    "block:1x4, 0.8, 24",
    "block:3x2, 0.75, 30",
    "balanced:8, 0.6, 48",
    "balanced-pe:3, 0.75, 30",
    "channel, 0.33, 80",
    "input-channel, 0.75, 30",
    "head:3, 0.33, 80"
  })
  void patternsHoldInTheModel(String pattern, double sparsity, int kept) {
    var pruning =
        pruning(
            "{pattern: '%s', schedule: {type: one-shot, target: %s, at: 100}}"
                .formatted(pattern, sparsity));
    var model =
        new LinearSGDTrainer(new LogMulticlass(), pruning, 4, -1, 4, 42)
            .train(GeneratedData.labels(EXAMPLES, 1));
    DenseMatrix weights = model.getWeightsCopy();
    float[] values = new float[GeneratedData.CLASSES * GeneratedData.FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) weights.get(i / GeneratedData.FEATURES, i % GeneratedData.FEATURES);
    }
    Mask mask = Mask.ofNonZeros(values, GeneratedData.CLASSES, GeneratedData.FEATURES);
    assertEquals(kept, mask.keptCount());
    assertTrue(SparsityPattern.parse(pattern).satisfiedBy(mask));
  }

  @Test
  void modelsOfSetsAndFactorizationMachinesOfNumbersAndSets() {
    String gradual = "{schedule: {type: cubic, target: 0.75, begin: 240, end: 600, every: 60}}";
    var sets = GeneratedData.labelSets(EXAMPLES, 1);
    var objective = new BinaryCrossEntropy();
    assertZeros(
        0.75,
        new org.tribuo.multilabel.sgd.linear.LinearSGDTrainer(
                objective, pruning(gradual), 4, -1, 1, 42)
            .train(sets));
    // One example at a time: Tribuo 4.3.2 cannot merge factor gradients of which one is all zero.
    var machine = new FMMultiLabelTrainer(objective, pruning(gradual), 4, -1, 1, 42, 3, 0.1);
    var ofSets = machine.train(sets);
    // Weights, and a matrix of factors for each of three labels.
    assertEquals(4, PrunedWeights.of(ofSets).tensors().size());
    assertZeros(0.75, ofSets);
    var ofNumbers =
        new FMRegressionTrainer(new SquaredLoss(), pruning(gradual), 4, -1, 1, 42, 3, 0.1, true)
            .train(GeneratedData.targets(EXAMPLES, 1));
    assertEquals(3, PrunedWeights.of(ofNumbers).tensors().size());
    assertZeros(0.75, ofNumbers);
  }
}
