package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file under docs that is made from the registries and must not go stale. */
public final class GeneratedFile {

  private GeneratedFile() {}

  /** Compares a file with what it should be; writes it with -Despalier.docs=write instead. */
  public static void check(Path file, String text) {
    try {
      if ("write".equals(System.getProperty("espalier.docs"))) {
        Files.writeString(file, text);
      }
      assertEquals(
          text,
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8),
          file + " is stale; run the tests once with -Despalier.docs=write");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
