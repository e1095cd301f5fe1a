package org.espalier.examples.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the published files, which are not part of the project; tests without them are skipped. */
public final class RealData {

  private RealData() {}

  /**
   * Returns the folder of a data set: in {@code -Despalier.data=DIR}, else in {@code
   * ../shared/data} seen from the root of the repository. Skips the calling test if there is no
   * such folder.
   *
   * @param name name of the folder, such as mnist
   */
  public static Path folder(String name) {
    String property = System.getProperty("espalier.data");
    Path data =
        property != null
            ? Path.of(property)
            : repositoryRoot().resolveSibling("shared").resolve("data");
    Path folder = data.resolve(name);
    assumeTrue(
        Files.isDirectory(folder),
        () -> "skipped: no folder " + folder + "; set -Despalier.data=DIR to run it");
    return folder;
  }

  /** The tests of a module run in the folder of the module. */
  private static Path repositoryRoot() {
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.isDirectory(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    return root;
  }
}
