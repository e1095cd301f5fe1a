package org.espalier.examples.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.sparse.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void resultsAppearTogether(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("report.html"), "old");
    try (RunFolder run = new RunFolder(folder)) {
      run.write("report.html", path -> Files.writeString(path, "new"));
      run.write("model/net", path -> Files.writeString(path, "weights"));
      assertEquals("old", Files.readString(folder.resolve("report.html")));
      run.publish();
    }
    assertEquals("new", Files.readString(folder.resolve("report.html")));
    assertEquals(List.of("model", "model/net", "report.html"), files(folder));
  }

  @Test
  void aRunThatFailsLeavesTheOldResults(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("report.html"), "old");
    OutputException error =
        assertThrows(
            OutputException.class,
            () -> {
              try (RunFolder run = new RunFolder(folder)) {
                run.write("report.html", path -> Files.writeString(path, "new"));
                run.write(
                    "masks.npz",
                    path -> {
                      throw new IOException("No space left on device");
                    });
                run.publish();
              }
            });
    assertEquals(
        folder.resolve("masks.npz")
            + ": expected a folder with room for the results, found No space left on device; free"
            + " some space or choose another --out; earlier results are untouched",
        error.getMessage());
    assertEquals(List.of("report.html"), files(folder));
    assertEquals("old", Files.readString(folder.resolve("report.html")));
  }

  @Test
  void aFileIsNoFolder(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("taken");
    Files.writeString(file, "mine");
    OutputException error = assertThrows(OutputException.class, () -> new RunFolder(file));
    assertTrue(error.getMessage().startsWith(file.toString()), error.getMessage());
    assertEquals("mine", Files.readString(file));
  }
}
