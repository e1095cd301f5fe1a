package org.espalier.sparse.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where fuzzing writes its files; the folder goes when the JVM does. */
public final class FuzzFolder {

  private FuzzFolder() {}

  /** Makes a folder and, once all is done, deletes what it holds. */
  public static Path create() throws IOException {
    Path folder = Files.createTempDirectory("espalier-fuzz");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
