package org.espalier.pruning.djl.checkpoint;

import ai.djl.training.Trainer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.djl.OptimizerMemory;
import org.espalier.pruning.djl.PruningSession;
import org.espalier.pruning.djl.SessionMemory;
import org.espalier.pruning.djl.TrainerParts;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;

/**
 * All that a training needs to go on as if it had never stopped, on the host: taken between two
 * optimizer steps, kept in memory to come back to or in a file to survive the process.
 *
 * <p>It is immutable, but for the values of its tensors, which are live because weights are large.
 * Of several devices it holds the parameters of the first: running statistics of batch norms, which
 * differ between devices, become those of the first on all.
 *
 * @param identity which run it is of
 * @param position how much data is done
 * @param parameters all parameters by path, frozen ones and running statistics included
 * @param optimizer counts and arrays of the optimizer
 * @param session masks and what else pruning remembers; empty for a training without
 * @param notes text that the caller wants back, by name
 */
public record TrainingSnapshot(
    RunIdentity identity,
    TrainingPosition position,
    Map<String, Tensor> parameters,
    OptimizerMemory optimizer,
    Optional<SessionMemory> session,
    Map<String, String> notes) {

  /** Copies the maps and sorts them. */
  public TrainingSnapshot {
    parameters = new TreeMap<>(parameters);
    notes = new TreeMap<>(notes);
  }

  /**
   * Copies the state of a training to the host.
   *
   * @param trainer initialized, between two optimizer steps; its pruning session, if it has one, is
   *     found by itself
   * @param identity which run it is
   * @param position how much data is done
   * @throws InvalidInputException if a parameter is of a type that float32 does not hold, or a
   *     decision is holding steps back
   */
  public static TrainingSnapshot capture(
      Trainer trainer, RunIdentity identity, TrainingPosition position) {
    TrainerParts parts = TrainerParts.of(trainer);
    return new TrainingSnapshot(
        identity,
        position,
        parts.parameters(),
        parts.optimizerMemory(),
        PruningSession.of(trainer).map(PruningSession::memory),
        Map.of());
  }

  /** Returns this snapshot with other masks, or at another moment of the schedule. */
  public TrainingSnapshot with(PruningState state) {
    return new TrainingSnapshot(
        identity, position, parameters, optimizer, session.map(s -> s.with(state)), notes);
  }

  /** Returns this snapshot with the caller's text. */
  public TrainingSnapshot withNotes(Map<String, String> newNotes) {
    return new TrainingSnapshot(identity, position, parameters, optimizer, session, newNotes);
  }

  /**
   * Puts everything back: parameters, optimizer, session. Nothing is changed if anything does not
   * fit.
   *
   * @param trainer initialized, with the same parameters and the same kind of optimizer; fresh, or
   *     between two optimizer steps
   * @throws InvalidInputException if a parameter is missing or has another shape, the optimizer is
   *     another, or the one is pruned and the other is not
   */
  public void restore(Trainer trainer) {
    TrainerParts parts = TrainerParts.of(trainer);
    Optional<PruningSession> pruning = PruningSession.of(trainer);
    parts.requireParameters(parameters);
    parts.requireOptimizer(optimizer);
    if (session.isPresent() != pruning.isPresent()) {
      throw new InvalidInputException(
          "trainer",
          session.isPresent() ? "one with pruning" : "one without pruning",
          session.isPresent() ? "one without" : "one with it",
          "build the trainer as it was when the snapshot was taken");
    }
    pruning.ifPresent(p -> p.requireFits(session.orElseThrow()));
    parts.write(parameters);
    parts.restore(optimizer);
    pruning.ifPresent(p -> p.restore(session.orElseThrow()));
  }

  /**
   * Puts the parameters back, running statistics included, and nothing else; masks of the trainer's
   * session stay in force.
   *
   * @param trainer initialized, with the same parameters
   * @throws InvalidInputException if a parameter is missing or has another shape; nothing is
   *     changed then
   */
  public void restoreParameters(Trainer trainer) {
    TrainerParts parts = TrainerParts.of(trainer);
    parts.requireParameters(parameters);
    parts.write(parameters);
    PruningSession.of(trainer).ifPresent(PruningSession::enforceAll);
  }

  /**
   * Puts the optimizer's counts and arrays back, and nothing else; masks of the trainer's session
   * are enforced on them.
   *
   * @param trainer initialized, with the same parameters and the same kind of optimizer
   * @throws InvalidInputException if the optimizer is another; nothing is changed then
   */
  public void restoreOptimizer(Trainer trainer) {
    TrainerParts parts = TrainerParts.of(trainer);
    parts.requireOptimizer(optimizer);
    parts.restore(optimizer);
    PruningSession.of(trainer).ifPresent(PruningSession::enforceAll);
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @throws org.espalier.sparse.OutputException if it cannot be written
   */
  public void write(Path file) {
    SnapshotFile.write(file, this);
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws InvalidInputException if it is no snapshot, is damaged, or the heap cannot hold it
   */
  public static TrainingSnapshot read(Path file) {
    return SnapshotFile.read(file);
  }
}
