package org.espalier.pruning.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.espalier.sparse.OutputException;

/** Writes a file so that a killed process leaves either the old one or the new one. */
final class ReportFile {

  private ReportFile() {}

  /**
   * Writes {@code content} to a temporary file beside {@code target} and moves it into place.
   *
   * @throws OutputException if that fails; the target is as it was
   */
  static void write(Path target, byte[] content) {
    Path absolute = target.toAbsolutePath();
    Path temporary = null;
    try {
      Files.createDirectories(absolute.getParent());
      temporary = Files.createTempFile(absolute.getParent(), absolute.getFileName() + ".", ".tmp");
      Files.write(temporary, content);
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteQuietly(temporary, e);
      throw new OutputException(
          target.toString(),
          "a place to write a report",
          e.toString(),
          "check that the folder exists and may be written to",
          e);
    }
  }

  private static void deleteQuietly(Path temporary, IOException failure) {
    try {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
