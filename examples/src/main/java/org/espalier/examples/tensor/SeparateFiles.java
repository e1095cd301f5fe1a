package org.espalier.examples.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.sparse.InvalidInputException;

/** Makes sure that an output replaces neither an input nor another output. */
final class SeparateFiles {

  private SeparateFiles() {}

  /**
   * Refuses two names of one file, links included.
   *
   * @param option the option of the output
   * @param output what it names
   * @param other the option of the other file
   * @param path what that names
   * @throws InvalidInputException if both are the same file
   */
  static void require(String option, Path output, String other, Path path) {
    boolean same = output.toAbsolutePath().normalize().equals(path.toAbsolutePath().normalize());
    try {
      same |= Files.exists(output) && Files.exists(path) && Files.isSameFile(output, path);
    } catch (IOException e) {
      throw new InvalidInputException(
          path.toString(), "a readable file", e.toString(), "check its permissions", e);
    }
    if (same) {
      throw new InvalidInputException(
          option, "another file than " + other, output.toString(), "name a new file");
    }
  }
}
