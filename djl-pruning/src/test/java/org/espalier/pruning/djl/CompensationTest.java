package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.pruning.core.Evidence;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.compensation.Compensation;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.Spies.SpyCollector;
import org.espalier.pruning.djl.Spies.SpyHooks;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Survivors get new values with the decision. */
class CompensationTest {

  private static final String HIDDEN = "05Linear_weight";

  /** Multiplies by a factor and adds the statistic. */
  private record Scale(float factor) implements Compensation {

    @Override
    public String type() {
      return "scale";
    }

    @Override
    public Set<Statistic> needs() {
      return Set.of(Statistic.GRADIENT_SQUARE);
    }

    @Override
    public float[] compensated(WeightTensor tensor, Mask mask) {
      float[] values = tensor.values().clone();
      for (int i = 0; i < values.length; i++) {
        values[i] = factor * values[i] + tensor.statistic(Statistic.GRADIENT_SQUARE)[i];
      }
      return values;
    }
  }

  /** Looks at the weights between decision and optimizer step. */
  private static final class Look extends SpyHooks {

    private float[] hidden;

    @Override
    public void beforeOptimizerStep(PruningSession session) {
      super.beforeOptimizerStep(session);
      if (session.state().time().step() == 1) {
        hidden = TinyTraining.weights(session.trainer().getModel().getBlock()).get(HIDDEN);
      }
    }
  }

  private static Recipe recipe(float factor) {
    return Recipe.of(
        PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 1))
            .optInclude(HIDDEN)
            .optCompensation(new Scale(factor))
            .optEvidence(new Evidence(2, 1))
            .build());
  }

  private static Trainer trainer(
      Model model, boolean attached, float factor, SpyHooks hooks, SpyCollector collector) {
    Trainer trainer =
        model.newTrainer(
            TinyTraining.config(
                TinyTraining.config(OptimizerKind.SGD),
                recipe(factor),
                attached,
                new EvidenceSetup(Optional.empty(), List.of(collector)),
                hooks));
    trainer.initialize(TinyTraining.inputShape());
    return trainer;
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void survivorsAreRewrittenInPlaceWithTheDecision(boolean attached) {
    Look hooks = new Look();
    SpyCollector collector = new SpyCollector(Statistic.GRADIENT_SQUARE);
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, attached, 3f, hooks, collector)) {
      TinyTraining.step(trainer, 0);
      float[] before = TinyTraining.weights(model.getBlock()).get(HIDDEN);
      NDArray weight = model.getBlock().getParameters().get(HIDDEN).getArray();
      try (NDArray alias = weight.stopGradient()) {
        TinyTraining.step(trainer, 1);
        TinyTraining.step(trainer, 2);
        assertArrayEquals(weight.toFloatArray(), alias.toFloatArray());
      }
      // One measurement serves criterion and compensation.
      assertEquals(1, collector.calls.size());
      assertEquals(2, collector.calls.get(0).data().size());
      float[] statistic = SpyCollector.numbers(1, Statistic.GRADIENT_SQUARE, 10, 64);
      Mask mask = hooks.session.state().masks().get(HIDDEN);
      assertEquals(320, mask.keptCount());
      float[] expected = new float[640];
      for (int i = 0; i < 640; i++) {
        expected[i] = mask.isKept(i) ? 3f * before[i] + statistic[i] : 0f;
      }
      assertArrayEquals(expected, hooks.hidden);
    }
  }

  @ParameterizedTest(name = "attached: {0}")
  @ValueSource(booleans = {false, true})
  void valuesThatAreNoNumbersAreRefusedAndNothingChanges(boolean attached) {
    Look hooks = new Look();
    SpyCollector collector = new SpyCollector(Statistic.GRADIENT_SQUARE);
    try (Model model = TinyTraining.model();
        Trainer trainer = trainer(model, attached, Float.POSITIVE_INFINITY, hooks, collector)) {
      TinyTraining.step(trainer, 0);
      TinyTraining.step(trainer, 1);
      float[] before = TinyTraining.weights(model.getBlock()).get(HIDDEN);
      InvalidInputException error =
          assertThrows(InvalidInputException.class, () -> TinyTraining.step(trainer, 2));
      assertEquals(HIDDEN, error.place());
      assertEquals(
          "look at more batches, or leave the compensation out; nothing was pruned",
          error.remedy());
      assertArrayEquals(before, TinyTraining.weights(model.getBlock()).get(HIDDEN));
      assertEquals(Map.of(), hooks.session.state().masks());
      collector
          .calls
          .get(0)
          .arrays()
          .forEach(array -> assertThrows(IllegalStateException.class, array::toFloatArray));
    }
  }
}
