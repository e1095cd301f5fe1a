package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

class ReportFileTest {

  @Test
  void replacesWhatStoodThereAndLeavesNothingBeside(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("f");
    ReportFile.write(file, new byte[] {1, 2, 3});
    ReportFile.write(file, new byte[] {4});
    assertArrayEquals(new byte[] {4}, Files.readAllBytes(file));
    assertEquals(List.of(file), list(folder));
  }

  @Test
  void aFailureNamesTheFileAndChangesNothing(@TempDir Path folder) throws IOException {
    Path occupied = folder.resolve("occupied");
    Files.createDirectories(occupied.resolve("inside"));
    OutputException failure =
        assertThrows(OutputException.class, () -> ReportFile.write(occupied, new byte[1]));
    assertTrue(failure.getMessage().startsWith(occupied.toString()));
    assertEquals(List.of(occupied), list(folder));
    assertTrue(Files.isDirectory(occupied.resolve("inside")));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
