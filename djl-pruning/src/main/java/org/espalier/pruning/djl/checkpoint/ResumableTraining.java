package org.espalier.pruning.djl.checkpoint;

import ai.djl.engine.Engine;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.PruningSession;
import org.espalier.pruning.djl.TrainerParts;
import org.espalier.sparse.InvalidInputException;

/**
 * A training loop like {@code EasyTrain.fit}, with the same events for listeners, that can be
 * killed at any moment and goes on bit for bit:
 *
 * <pre>{@code
 * trainer.initialize(shape);
 * ResumableTraining training =
 *     ResumableTraining.builder(trainer, data, 10).optCheckpoints(checkpoints).build();
 * training.resume();
 * training.run();
 * }</pre>
 *
 * <p>The engine is seeded anew before each batch and each validation, from the seed and the
 * position; so random layers draw other numbers than under {@code EasyTrain.fit}, but the same ones
 * in every run. Bits also depend on the number of threads of the engine, which stays the caller's
 * affair.
 *
 * <p>A checkpoint that falls due while a decision holds steps back, or with the last batch of an
 * epoch, is written as soon as the hold or the epoch is over; and one is written at the end.
 * Listeners that add up figures over an epoch see only the rest of the epoch in which a run was
 * resumed. {@code TrainingHooks.epochBegin} is not called again for it.
 */
public final class ResumableTraining {

  private final Trainer trainer;
  private final EpochData data;
  private final long epochs;
  private final StepSeed seed;
  private final RunIdentity identity;
  private final Optional<Dataset> validation;
  private final Optional<Checkpoints> checkpoints;
  private final Supplier<Map<String, String>> notes;
  private TrainingPosition position = TrainingPosition.START;
  private boolean owed;

  private ResumableTraining(Builder builder) {
    trainer = builder.trainer;
    data = builder.data;
    epochs = builder.epochs;
    seed = new StepSeed(builder.seed);
    validation = Optional.ofNullable(builder.validation);
    checkpoints = Optional.ofNullable(builder.checkpoints);
    notes = builder.notes;
    Map<String, String> facts = new TreeMap<>(builder.facts);
    facts.putAll(data.facts());
    identity =
        PruningSession.of(trainer)
            .map(PruningSession::recipe)
            .or(() -> Optional.ofNullable(builder.recipe))
            .map(recipe -> RunIdentity.of(recipe, builder.seed, facts))
            .orElseGet(() -> RunIdentity.withoutPruning(builder.seed, facts));
  }

  /**
   * Returns a builder.
   *
   * @param trainer initialized, not trained yet
   * @param data to train on
   * @param epochs passes over the data, at least 1
   */
  public static Builder builder(Trainer trainer, EpochData data, long epochs) {
    return new Builder(trainer, data, epochs);
  }

  /** Returns which run this is. */
  public RunIdentity identity() {
    return identity;
  }

  /** Returns how much data is done. */
  public TrainingPosition position() {
    return position;
  }

  /**
   * Goes back to the newest checkpoint that is whole.
   *
   * @return which it was; empty if there is none, and the training starts at its begin
   * @throws InvalidInputException if recipe, seed, data, network or optimizer are not what they
   *     were, naming the first difference; nothing is changed then
   */
  public Optional<Checkpoints.Found> resume() {
    Optional<Checkpoints.Found> found = checkpoints.flatMap(Checkpoints::newest);
    found.ifPresent(
        f -> {
          identity.requireSame(f.snapshot().identity(), f.file().toString());
          TrainerParts parts = TrainerParts.of(trainer);
          parts.requireParameters(f.snapshot().parameters());
          parts.requireOptimizer(f.snapshot().optimizer());
          parts.requireSettings(f.snapshot().optimizer());
        });
    found.ifPresent(f -> restore(f.snapshot()));
    return found;
  }

  /**
   * Goes to where a snapshot was taken, of this run or one like it: weights, optimizer, pruning and
   * order of the data.
   *
   * @throws InvalidInputException if it does not fit, see {@link TrainingSnapshot#restore}
   */
  public void restore(TrainingSnapshot snapshot) {
    snapshot.restore(trainer);
    position = snapshot.position();
  }

  /** Returns a snapshot of this moment; between two steps only. */
  public TrainingSnapshot snapshot() {
    return TrainingSnapshot.capture(trainer, identity, position).withNotes(notes.get());
  }

  /**
   * Trains to the end.
   *
   * @throws org.espalier.sparse.OutputException if a checkpoint cannot be written
   */
  public void run() throws IOException, TranslateException {
    runUntil(epochs);
  }

  /**
   * Trains until so many epochs are over, or to the end if that comes first.
   *
   * @param lastEpoch epochs finished in all, not from here
   */
  public void runUntil(long lastEpoch) throws IOException, TranslateException {
    runUntil(Math.min(lastEpoch, epochs), Long.MAX_VALUE);
  }

  /**
   * Trains until so many batches are done, or to the end if that comes first. If the last of them
   * ends an epoch, what comes after an epoch is done, too.
   *
   * @param lastBatch batches done in all epochs together, not from here
   */
  public void runUntilBatch(long lastBatch) throws IOException, TranslateException {
    runUntil(epochs, lastBatch);
  }

  private void runUntil(long lastEpoch, long lastBatch) throws IOException, TranslateException {
    while (position.epoch() < lastEpoch && position.batches() < lastBatch) {
      if (!trainEpoch(lastBatch)) {
        return;
      }
      seed.beforeValidation(engine(), position);
      EasyTrain.evaluateDataset(trainer, validation.orElse(null));
      trainer.notifyListeners(listener -> listener.onEpoch(trainer));
      position = position.nextEpoch();
      saveIf(owed || position.epoch() == epochs);
    }
  }

  /** Trains to the end of the epoch, or to the last batch; returns whether the epoch is over. */
  private boolean trainEpoch(long lastBatch) throws IOException, TranslateException {
    seed.beforeEpoch(engine(), position);
    Iterator<Batch> batches =
        data.batches(position.epoch(), position.batch(), trainer.getManager()).iterator();
    while (position.batches() < lastBatch && batches.hasNext()) {
      seed.beforeBatch(engine(), position);
      try (Batch batch = batches.next()) {
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
      }
      position = position.nextBatch();
      owed |= checkpoints.isPresent() && checkpoints.get().due(position);
      saveIf(owed && batches.hasNext());
    }
    return !batches.hasNext();
  }

  private void saveIf(boolean wanted) {
    boolean quiet = PruningSession.of(trainer).map(PruningSession::betweenSteps).orElse(true);
    if (wanted && quiet && checkpoints.isPresent()) {
      checkpoints.get().save(snapshot());
      owed = false;
    }
  }

  private Engine engine() {
    return trainer.getManager().getEngine();
  }

  /** Builds a {@link ResumableTraining}. */
  public static final class Builder {

    private final Trainer trainer;
    private final EpochData data;
    private final long epochs;
    private long seed;
    private Recipe recipe;
    private Map<String, String> facts = Map.of();
    private Dataset validation;
    private Checkpoints checkpoints;
    private Supplier<Map<String, String>> notes = Map::of;

    private Builder(Trainer trainer, EpochData data, long epochs) {
      if (epochs < 1) {
        throw new InvalidInputException(
            "epochs", "at least 1", Long.toString(epochs), "train for one epoch or more");
      }
      this.trainer = trainer;
      this.data = data;
      this.epochs = epochs;
    }

    /** Sets the seed of the random state of every batch; 0 if not set. */
    public Builder optSeed(long newSeed) {
      seed = newSeed;
      return this;
    }

    /**
     * Sets the recipe that must be the same for this run to go on, where the trainer does not prune
     * itself: for the phase before.
     */
    public Builder optRecipe(Recipe newRecipe) {
      recipe = newRecipe;
      return this;
    }

    /** Sets what else must be the same for this run to go on, by name. */
    public Builder optFacts(Map<String, String> newFacts) {
      facts = Map.copyOf(newFacts);
      return this;
    }

    /** Sets the data set to validate on after each epoch. */
    public Builder optValidation(Dataset dataset) {
      validation = dataset;
      return this;
    }

    /** Sets where checkpoints go; there are none if not set. */
    public Builder optCheckpoints(Checkpoints newCheckpoints) {
      checkpoints = newCheckpoints;
      return this;
    }

    /** Sets what gives the text that goes into each checkpoint beside the training. */
    public Builder optNotes(Supplier<Map<String, String>> newNotes) {
      notes = newNotes;
      return this;
    }

    /** Returns the training, before its first batch. */
    public ResumableTraining build() {
      return new ResumableTraining(this);
    }
  }
}
