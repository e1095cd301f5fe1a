package org.espalier.examples.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.espalier.sparse.OutputException;

/** A new folder for intermediate files; it and all files in it are gone after {@link #close()}. */
final class TemporaryFolder implements AutoCloseable {

  private static final String REMEDY = "free some space, or choose another -Djava.io.tmpdir";

  private final Path path;

  TemporaryFolder() {
    try {
      path = Files.createTempDirectory("espalier-data-");
    } catch (IOException e) {
      throw failure(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  /** Returns where the folder is. */
  Path path() {
    return path;
  }

  /** Writes the first {@code length} bytes of {@code buffer} behind what the file holds already. */
  void append(String name, byte[] buffer, int length) {
    Path file = path.resolve(name);
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private static OutputException failure(Path place, IOException cause) {
    return new OutputException(
        place.toString(), "a temporary folder to write to", cause.toString(), REMEDY, cause);
  }
}
