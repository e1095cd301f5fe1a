package org.espalier.pruning.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.pruning.djl.checkpoint.SmallRun.Kind;
import org.espalier.pruning.djl.checkpoint.SmallRun.Setup;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is not the one that was interrupted is refused, and nothing of it is changed. */
class ChangedRunTest {

  private static final Setup SETUP =
      new Setup(Kind.SGD, "schedule: {type: one-shot, target: 0.5, at: 1}\n", false);

  @TempDir private Path folder;
  private Checkpoints checkpoints;
  private Path file;

  @BeforeEach
  void interrupt() throws Exception {
    checkpoints = new Checkpoints(folder, 3, 2);
    try (SmallRun run = new SmallRun(SETUP, 1)) {
      training(run).build().runUntil(1);
    }
    file = checkpoints.files().get(0);
    assertEquals(folder.resolve("checkpoint-000000000003.npz"), file);
  }

  private ResumableTraining.Builder training(SmallRun run) {
    return run.training().optCheckpoints(checkpoints).optFacts(Map.of("data", "noise, 16"));
  }

  private InvalidInputException refusal(SmallRun run, ResumableTraining training) {
    String before = SnapshotTensors.of(training.snapshot()).sha256();
    InvalidInputException error = assertThrows(InvalidInputException.class, training::resume);
    assertEquals(before, SnapshotTensors.of(training.snapshot()).sha256());
    assertEquals(TrainingPosition.START, training.position());
    return error;
  }

  @Test
  void theSameRunGoesOn() {
    try (SmallRun run = new SmallRun(SETUP, 2)) {
      ResumableTraining training = training(run).build();
      Optional<Checkpoints.Found> found = training.resume();
      assertEquals(file, found.orElseThrow().file());
      assertEquals(new TrainingPosition(0, 3, 3), training.position());
    }
  }

  @Test
  void anotherRecipe() {
    String recipe = SETUP.recipe().replace("0.5", "0.6");
    try (SmallRun run = new SmallRun(new Setup(Kind.SGD, recipe, false), 1)) {
      InvalidInputException error = refusal(run, training(run).build());
      assertEquals(
          file
              + ", recipe key groups[0].schedule.target: expected 0.5 as in the run that was"
              + " interrupted, found 0.6; set it back, or start a new run in another folder",
          error.getMessage());
    }
  }

  @Test
  void noRecipe() {
    try (SmallRun run = new SmallRun(new Setup(Kind.SGD, "", false), 1)) {
      InvalidInputException error = refusal(run, training(run).build());
      assertEquals(file + ", recipe key recipe", error.place());
      assertEquals("nothing", error.found());
    }
  }

  @Test
  void anotherSeed() {
    try (SmallRun run = new SmallRun(SETUP, 1)) {
      InvalidInputException error = refusal(run, training(run).optSeed(8).build());
      assertEquals(file + ", seed", error.place());
      assertEquals("7 as in the run that was interrupted", error.expected());
      assertEquals("8", error.found());
    }
  }

  @Test
  void otherData() {
    try (SmallRun run = new SmallRun(SETUP, 1)) {
      ResumableTraining other = training(run).optFacts(Map.of("data", "noise, 17")).build();
      assertEquals(file + ", data", refusal(run, other).place());
      ResumableTraining more =
          training(run).optFacts(Map.of("data", "noise, 16", "batch", "4")).build();
      InvalidInputException error = refusal(run, more);
      assertEquals(file + ", batch", error.place());
      assertEquals("nothing as in the run that was interrupted", error.expected());
    }
  }

  private InvalidInputException refusal(int hidden, Optimizer optimizer) {
    try (SmallRun run = new SmallRun(SETUP, 1, SmallRun.network(hidden), optimizer, List.of())) {
      return refusal(run, training(run).build());
    }
  }

  @Test
  void anotherNetwork() {
    InvalidInputException error = refusal(13, Kind.SGD.optimizer(0.05f));
    assertEquals("05Linear_bias", error.place());
    assertEquals("a parameter of shape [12] for its values", error.expected());
    assertEquals("[13]", error.found());
  }

  @Test
  void anotherOptimizer() {
    InvalidInputException error = refusal(12, Kind.ADAM.optimizer(0.05f));
    assertEquals("optimizer", error.place());
    assertEquals("ai.djl.training.optimizer.Adam", error.found());
    assertTrue(error.expected().startsWith("ai.djl.training.optimizer.Sgd "));
  }

  @Test
  void anotherMomentumOrLearningRate() {
    InvalidInputException momentum =
        refusal(
            12,
            Optimizer.sgd()
                .setLearningRateTracker(Tracker.fixed(0.05f))
                .optMomentum(0.8f)
                .optWeightDecays(0.01f)
                .build());
    // The rate at update 1 comes first in the alphabet: 0.05 / 1.1.
    assertEquals("optimizer, learningRate at 1", momentum.place());
    assertEquals("0.05", momentum.found());
    InvalidInputException rate = refusal(12, Kind.SGD.optimizer(0.06f));
    assertEquals("optimizer, learningRate at 1", rate.place());
    InvalidInputException decay =
        refusal(
            12,
            Optimizer.sgd()
                .setLearningRateTracker((Tracker) update -> 0.05f / (1 + 0.1f * update))
                .optMomentum(0.9f)
                .build());
    assertEquals("optimizer, weightDecays", decay.place());
    assertEquals("0.01 as in the run that was interrupted", decay.expected());
  }
}
