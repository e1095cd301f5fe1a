package org.espalier.pruning.structured.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Map;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.criterion.Movement;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.PruningListener;
import org.espalier.pruning.djl.PruningSession;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.target.Target;
import org.junit.jupiter.api.Test;

/** Movement pruning of units: a training watches, then units go. */
class WatchedTrainingTest {

  private static final Movement MOVEMENT = new Movement(false, 0.01, 0);
  private static final String PATH = "01Linear_weight";

  /** A recipe that watches by a criterion and decides nothing in a training of this length. */
  private static Recipe watching() {
    return Recipe.of(
        PruningGroup.builder(new OneShot(0.5, Timing.Unit.STEP, 1_000_000))
            .optCriterion(MOVEMENT)
            .build());
  }

  @Test
  void unitsThatMovedAwayFromZeroStay() {
    Engine.getInstance().setRandomSeed(1);
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.l2Loss())
            .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.05f)).build())
            .addTrainingListeners(new PruningListener(watching()));
    try (Model model = Model.newInstance("watched")) {
      model.setBlock(
          new SequentialBlock()
              .add(Linear.builder().setUnits(6).build())
              .add(Activation.tanhBlock())
              .add(Linear.builder().setUnits(1).build()));
      Map<String, double[]> tracks = trained(model, config);
      double[] movement = tracks.get(PATH + "/movement");
      PrunedNetwork pruned =
          StructuredPruning.by(
                  StructuredRecipe.of(Target.channels(0.5)).with(ChannelCriterion.of(MOVEMENT)))
              .withEvidence(ChannelEvidence.NONE.withTracks(tracks))
              .prune(model.getBlock(), new Shape(1, 2));
      Selection gone = pruned.steps().get(0).selection();
      assertEquals(3, gone.count());
      double lowestKept = Double.POSITIVE_INFINITY;
      double highestGone = Double.NEGATIVE_INFINITY;
      for (int unit = 0; unit < 6; unit++) {
        int row = unit;
        double sum = movement[2 * unit] + movement[2 * unit + 1];
        if (gone.slices().stream().anyMatch(s -> s.parameter().equals(PATH) && s.index() == row)) {
          highestGone = Math.max(highestGone, sum);
        } else {
          lowestKept = Math.min(lowestKept, sum);
        }
      }
      assertTrue(highestGone < lowestKept, highestGone + " and " + lowestKept);
      pruned.block().clear();
    }
  }

  private static Map<String, double[]> trained(Model model, DefaultTrainingConfig config) {
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(new Shape(1, 2));
      for (int step = 0; step < 5; step++) {
        try (NDManager batch = trainer.getManager().newSubManager();
            GradientCollector collector = trainer.newGradientCollector()) {
          float[] x = {1, 0.5f, -1, 0.3f, 0.2f, -0.7f};
          NDArray data = batch.create(x, new Shape(3, 2));
          NDArray labels = batch.create(new float[] {1, -1, 0.5f}, new Shape(3, 1));
          collector.backward(
              trainer.getLoss().evaluate(new NDList(labels), trainer.forward(new NDList(data))));
        }
        trainer.step();
      }
      return PruningSession.of(trainer).orElseThrow().memory().tracks();
    }
  }
}
