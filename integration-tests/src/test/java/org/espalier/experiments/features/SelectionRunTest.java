package org.espalier.experiments.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs come back from their files. */
class SelectionRunTest {

  @TempDir Path folder;

  @Test
  void aChoiceComesBack() throws IOException {
    SelectionRun run = new SelectionRun(1.25, 2.5, 0.875, List.of(406, 3, 783));
    run.write(folder.resolve("run.txt"));
    assertEquals(run, SelectionRun.read(folder.resolve("run.txt")));
  }

  @Test
  void allPixelsAreNoList() throws IOException {
    SelectionRun run = new SelectionRun(0, 2.5, 0.97, List.of());
    run.write(folder.resolve("run.txt"));
    assertEquals(run, SelectionRun.read(folder.resolve("run.txt")));
  }
}
