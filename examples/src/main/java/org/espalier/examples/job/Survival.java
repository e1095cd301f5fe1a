package org.espalier.examples.job;

import ai.djl.training.Trainer;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.espalier.examples.data.ImageDataset;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.checkpoint.Checkpoints;
import org.espalier.pruning.djl.checkpoint.ResumableTraining;

/**
 * The training loop of a run's phases. With a folder, each phase keeps checkpoints in it, written
 * while it trains; a phase that was over when the run was killed is not trained again.
 */
final class Survival {

  /** Two: should the disk damage the newest, there is the one before. */
  private static final int KEEP = 2;

  private final Optional<Path> folder;
  private final CheckpointOptions options;
  private final Optional<Recipe> recipe;
  private final long seed;
  private final Map<String, String> facts;
  private final PrintWriter out;

  /**
   * @param folder for checkpoints; empty for none
   * @param options how often, and whether to go on
   * @param recipe of the run for weights, also for its dense phase; it must be the same for the run
   *     to go on
   * @param seed of the random state; the same
   * @param facts whatever else must be the same, by name
   * @param out told when a phase is resumed
   */
  Survival(
      Optional<Path> folder,
      CheckpointOptions options,
      Optional<Recipe> recipe,
      long seed,
      Map<String, String> facts,
      PrintWriter out) {
    this.folder = folder;
    this.options = options;
    this.recipe = recipe;
    this.seed = seed;
    this.facts = facts;
    this.out = out;
  }

  /** Removes the checkpoints of phases if this is a run from the start. */
  void begin(List<String> phases) {
    if (!options.resume()) {
      for (String phase : phases) {
        checkpoints(phase).ifPresent(Checkpoints::clear);
      }
    }
  }

  private Optional<Checkpoints> checkpoints(String phase) {
    return folder.map(f -> new Checkpoints(f.resolve(phase), options.every(), KEEP));
  }

  /** What a phase trains on. */
  record Data(ImageDataset train, long firstEpoch, ImageDataset test) {}

  /**
   * Trains one phase to its end.
   *
   * @param trainer initialized
   * @param recorder whose history goes with the checkpoints
   * @param resumed told how many epochs of the phase are over, if it is resumed
   */
  void train(
      Trainer trainer,
      String phase,
      Data data,
      int epochs,
      RunRecorder recorder,
      LongConsumer resumed)
      throws IOException, TranslateException {
    ResumableTraining.Builder builder =
        ResumableTraining.builder(trainer, data.train().from(data.firstEpoch()), epochs)
            .optSeed(seed)
            .optFacts(facts)
            .optValidation(data.test())
            .optNotes(() -> Map.of("history", recorder.save()));
    recipe.ifPresent(builder::optRecipe);
    checkpoints(phase).ifPresent(builder::optCheckpoints);
    ResumableTraining training = builder.build();
    if (options.resume()) {
      training
          .resume()
          .ifPresent(
              found -> {
                found.passedOver().forEach(problem -> out.println("passed over: " + problem));
                out.printf("%s resumed at %s: %s%n", phase, training.position(), found.file());
                recorder.restore(found.snapshot().notes().get("history"));
                resumed.accept(training.position().epoch());
              });
    }
    training.run();
  }
}
