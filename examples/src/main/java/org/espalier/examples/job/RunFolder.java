package org.espalier.examples.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * The folder with the results of a run. Everything is written into a hidden folder inside it first
 * and moved to its place at the end, so that a run that fails or is killed leaves the results of
 * the run before as they were.
 */
final class RunFolder implements AutoCloseable {

  private final Path folder;
  private final Path staging;

  /**
   * Makes the folder if need be.
   *
   * @throws OutputException if it cannot be written to
   */
  RunFolder(Path folder) {
    AtomicFile.requireWritableDirectory(folder);
    this.folder = folder;
    try {
      this.staging = Files.createTempDirectory(folder, ".unfinished-");
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** Something that writes a file. */
  interface Writer {
    /** Writes the result to this path. */
    void write(Path path) throws IOException;
  }

  /**
   * Has a result written into the hidden folder.
   *
   * @param name path of the result relative to the folder
   * @throws OutputException if it cannot be written, for example because the disk is full
   */
  void write(String name, Writer writer) {
    Path path = staging.resolve(name);
    try {
      Files.createDirectories(path.getParent());
      writer.write(path);
    } catch (IOException e) {
      throw failure(folder.resolve(name), e);
    }
  }

  /** Moves all results to their places. */
  void publish() {
    try (Stream<Path> files = Files.walk(staging)) {
      List<Path> results = files.filter(Files::isRegularFile).sorted().toList();
      for (Path result : results) {
        Path target = folder.resolve(staging.relativize(result).toString());
        Files.createDirectories(target.getParent());
        Files.move(
            result, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private static OutputException failure(Path path, IOException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new OutputException(
        path.toString(),
        "a folder with room for the results",
        reason,
        "free some space or choose another --out; earlier results are untouched",
        cause);
  }

  /** Removes the hidden folder and what is left in it. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(staging)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw failure(staging, e);
    }
  }
}
