package org.espalier.pruning.rewind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.EarlyBird;
import org.espalier.pruning.core.Recipe;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class EarlyBirdListenerTest {

  /** Gamma of batch norm, over all layers, half of the channels. */
  private static final Recipe GAMMA =
      Recipe.parse(
          """
          include: ["*gamma"]
          allocation: global
          schedule: {type: cubic, target: 0.5, begin: 0, end: 1000, every: 100}
          """);

  private static void epoch(Trainer trainer, Block network, float... gamma) {
    network.getParameters().get("02BatchNorm_gamma").getArray().set(gamma);
    trainer.notifyListeners(listener -> listener.onEpoch(trainer));
  }

  @Test
  void theTicketIsDrawnWhenTheMasksOfTheTargetSettle() {
    EarlyBirdListener listener = new EarlyBirdListener(GAMMA, new EarlyBird(2, 0.25));
    try (Model model = Model.newInstance("bird")) {
      SequentialBlock network =
          new SequentialBlock()
              .add(Linear.builder().setUnits(4).build())
              .add(BatchNorm.builder().build());
      model.setBlock(network);
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.l2Loss()).addTrainingListeners(listener);
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(1, 3));
        Metrics metrics = new Metrics();
        trainer.setMetrics(metrics);
        int arrays = model.getNDManager().getManagedArrays().size();
        epoch(trainer, network, 4, 3, 2, 1);
        assertEquals(List.of(), metrics.getMetricNames().stream().sorted().toList());
        // Channels 0 and 1 made way for 2 and 3: all four differ.
        epoch(trainer, network, 1, 2, 3, 4);
        assertEquals(1.0, metrics.latestMetric(EarlyBirdListener.DISTANCE).getValue());
        assertTrue(listener.bird().ticket().isEmpty());
        epoch(trainer, network, 0, 0, 5, 9);
        assertEquals(0.0, metrics.latestMetric(EarlyBirdListener.DISTANCE).getValue());
        assertEquals(3.0, metrics.latestMetric(EarlyBirdListener.DRAWN).getValue().doubleValue());
        Map<String, Mask> ticket =
            Map.of("02BatchNorm_gamma", Mask.ofBytes(new byte[] {0, 0, 1, 1}, 4));
        assertEquals(ticket, listener.bird().ticket().orElseThrow());
        epoch(trainer, network, 9, 9, 0, 0);
        assertEquals(ticket, listener.bird().ticket().orElseThrow());
        assertEquals(2, metrics.getMetric(EarlyBirdListener.DISTANCE).size());
        assertEquals(arrays, model.getNDManager().getManagedArrays().size());
      }
    }
  }

  @Test
  void criteriaThatWantDataAreRefused() {
    Recipe snip = Recipe.parse("{criterion: snip, schedule: {type: one-shot, target: 0.5}}");
    assertThrows(InvalidInputException.class, () -> new EarlyBirdListener(snip, new EarlyBird()));
  }
}
