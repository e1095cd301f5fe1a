package org.espalier.pruning.djl.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.TopKAccuracy;
import ai.djl.training.loss.Loss;
import java.util.List;
import org.espalier.pruning.core.Quality;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

/** A linear layer with the identity as its weight: predictions are the inputs. */
class SampleExaminerTest {

  private static final double LN3 = Math.log(3);

  private static Trainer trainer(Model model, Block network) {
    model.setBlock(network);
    Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()));
    trainer.initialize(new Shape(1, 3));
    return trainer;
  }

  private static Linear identity(Trainer trainer, Linear linear) {
    NDArray weight = linear.getParameters().get("weight").getArray();
    try (NDManager scratch = trainer.getManager().newSubManager();
        NDArray alias = weight.stopGradient()) {
      alias.muli(0).addi(scratch.eye(3));
    }
    return linear;
  }

  private static Linear linear() {
    return Linear.builder().setUnits(3).optBias(false).build();
  }

  private static Sample sample(NDManager manager, float[][] data, float... labels) {
    return new Sample(new NDList(manager.create(data)), new NDList(manager.create(labels)));
  }

  /**
   * By hand. Batch 1: logits (0, 0, ln 3) and (ln 3, 0, 0), labels 2 and 1. exp = (1, 1, 3), so
   * -log p = log(5/3) for the right one and log 5 for the wrong one. Batch 2 has one example with
   * equal logits, of which the first counts: right for label 0, -log p = log 3. Accuracy 2 of 3,
   * loss (log(5/3) + log 5 + log 3) / 3 = log(25) / 3.
   */
  @Test
  void everyExampleCountsAlike() {
    try (Model model = Model.newInstance("identity")) {
      Linear linear = linear();
      try (Trainer trainer = trainer(model, linear)) {
        identity(trainer, linear);
        NDManager manager = model.getNDManager();
        float ln3 = (float) LN3;
        SampleExaminer examiner =
            new SampleExaminer(
                List.of(
                    sample(manager, new float[][] {{0, 0, ln3}, {ln3, 0, 0}}, 2, 1),
                    sample(manager, new float[][] {{0, 0, 0}}, 0)));
        Quality quality = examiner.examine(trainer);
        assertEquals(2 / 3.0, quality.accuracy(), 1e-6);
        assertEquals(Math.log(25) / 3, quality.loss(), 1e-6);
        assertEquals(quality, examiner.examine(trainer));
      }
    }
  }

  @Test
  void takesAnotherEvaluator() {
    try (Model model = Model.newInstance("identity")) {
      Linear linear = linear();
      try (Trainer trainer = trainer(model, linear)) {
        identity(trainer, linear);
        List<Sample> samples =
            List.of(sample(model.getNDManager(), new float[][] {{1, 2, 3}, {1, 2, 3}}, 1, 0));
        // Label 1 is the second best, label 0 the third.
        assertEquals(
            0.5,
            new SampleExaminer(samples, () -> new TopKAccuracy(2)).examine(trainer).accuracy());
      }
    }
  }

  @Test
  void aLossThatIsNoNumberIsNone() {
    try (Model model = Model.newInstance("identity")) {
      Linear linear = linear();
      try (Trainer trainer = trainer(model, linear)) {
        identity(trainer, linear);
        List<Sample> samples =
            List.of(sample(model.getNDManager(), new float[][] {{Float.NaN, 0, 0}}, 1));
        assertNull(new SampleExaminer(samples).examine(trainer).loss());
      }
    }
  }

  /** A block that writes to its input does so to a copy. */
  @Test
  void samplesStayAsTheyAre() {
    Block network =
        new SequentialBlock()
            .add(new LambdaBlock(list -> new NDList(list.head().muli(2))))
            .add(linear());
    try (Model model = Model.newInstance("rude");
        Trainer trainer = trainer(model, network)) {
      Sample sample = sample(model.getNDManager(), new float[][] {{1, 2, 3}}, 1);
      new SampleExaminer(List.of(sample)).examine(trainer);
      assertEquals(1, sample.data().head().getFloat(0, 0));
    }
  }

  @Test
  void refusesToExamineOnNothing() {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> new SampleExaminer(List.of()));
    assertEquals(
        "ledger: expected at least one batch to examine on, found none; give it some",
        refusal.getMessage());
  }
}
