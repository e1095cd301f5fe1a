package org.espalier.pruning.djl.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * The snapshots of one run in a folder, one file for each, of which the newest few are kept. Each
 * file is whole or not there at all, whenever the process is killed.
 */
public final class Checkpoints {

  private static final Pattern NAME = Pattern.compile("checkpoint-\\d{12}\\.npz");

  /** What {@link AtomicFile} leaves behind when the process is killed while it writes. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\.checkpoint-\\d{12}\\.npz\\.[-0-9a-f]+\\.tmp");

  private final Path folder;
  private final long every;
  private final int keep;

  /**
   * Makes the folder if need be, and removes what a killed process was writing.
   *
   * @param folder of this run alone
   * @param every batches between two checkpoints, at least 1
   * @param keep newest checkpoints that stay, at least 1; 2 or more outlive a damaged disk block
   * @throws InvalidInputException if a number is out of range
   * @throws OutputException if the folder cannot be written to
   */
  public Checkpoints(Path folder, long every, int keep) {
    requireAtLeastOne("batches between checkpoints", every);
    requireAtLeastOne("checkpoints to keep", keep);
    AtomicFile.requireWritableDirectory(folder);
    this.folder = folder;
    this.every = every;
    this.keep = keep;
    delete(list(UNFINISHED));
  }

  private static void requireAtLeastOne(String place, long value) {
    if (value < 1) {
      throw new InvalidInputException(place, "at least 1", Long.toString(value), "raise it");
    }
  }

  /**
   * A checkpoint and where it was found.
   *
   * @param file that it was read from
   * @param snapshot its content
   * @param passedOver what was wrong with newer ones
   */
  public record Found(Path file, TrainingSnapshot snapshot, List<String> passedOver) {}

  /** Returns whether a checkpoint is due after so many batches. */
  public boolean due(TrainingPosition position) {
    return position.batches() % every == 0;
  }

  /**
   * Writes a checkpoint, then removes those that are too many, and those of later positions: they
   * are of a run that was given up.
   *
   * @throws OutputException if it cannot be written; those before it are still there then
   */
  public void save(TrainingSnapshot snapshot) {
    Path file = folder.resolve("checkpoint-%012d.npz".formatted(snapshot.position().batches()));
    snapshot.write(file);
    List<Path> all = files();
    int own = all.indexOf(file);
    delete(all.subList(0, own));
    delete(all.subList(Math.min(all.size(), own + keep), all.size()));
  }

  /**
   * Reads the newest checkpoint that is whole; those that are not are passed over.
   *
   * @return empty if there is no checkpoint
   * @throws InvalidInputException if there are some and none is whole, about the newest
   */
  public Optional<Found> newest() {
    List<InvalidInputException> damaged = new ArrayList<>();
    for (Path file : files()) {
      try {
        TrainingSnapshot snapshot = TrainingSnapshot.read(file);
        return Optional.of(
            new Found(file, snapshot, damaged.stream().map(Throwable::getMessage).toList()));
      } catch (InvalidInputException e) {
        damaged.add(e);
      }
    }
    if (!damaged.isEmpty()) {
      throw damaged.get(0);
    }
    return Optional.empty();
  }

  /** Removes all checkpoints, for a run from the start. */
  public void clear() {
    delete(files());
  }

  /** Returns the files of all checkpoints, newest first. */
  public List<Path> files() {
    return list(NAME).stream().sorted(Comparator.reverseOrder()).toList();
  }

  private List<Path> list(Pattern name) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> name.matcher(file.getFileName().toString()).matches()).toList();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private static void delete(List<Path> files) {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw unusable(file, e);
      }
    }
  }

  private static OutputException unusable(Path path, IOException cause) {
    return new OutputException(
        path.toString(),
        "a folder of checkpoints that can be read and written",
        cause.toString(),
        "check its permissions",
        cause);
  }
}
