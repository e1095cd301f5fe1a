package org.espalier.experiments.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures come back from their files. */
class FiguresTest {

  @TempDir Path folder;

  @Test
  void aRunComesBack() throws IOException {
    ModelRun run = new ModelRun(85.4445, 12.25, 46_123, 6_700);
    run.write(folder.resolve("run.txt"));
    assertEquals(run, ModelRun.read(folder.resolve("run.txt")));
  }

  @Test
  void allSeedsOfAContestantAreRead() throws IOException {
    ModelRun one = new ModelRun(85, 12, 46_000, 6_700);
    ModelRun two = new ModelRun(86, 13, 46_001, 6_701);
    two.write(ModelRun.file(folder, "adult", "linear", 12));
    one.write(ModelRun.file(folder, "adult", "linear", 1));
    one.write(ModelRun.file(folder, "adult", "linear-pruned", 1));
    one.write(ModelRun.file(folder, "iris", "linear", 1));
    assertEquals(List.of(one, two), ModelRun.readAll(folder, "adult", "linear"));
  }

  @Test
  void timesComeBack() throws IOException {
    PredictionTimes times = new PredictionTimes(1.5, Map.of("linear", 2.5, "xgboost", 12.75));
    times.write(folder.resolve("times.txt"));
    assertEquals(times, PredictionTimes.read(folder.resolve("times.txt")));
  }

  @Test
  void mediansAreOfTheMiddle() {
    assertEquals(2, PredictionTimes.median(List.of(3.0, 1.0, 2.0)));
    assertEquals(2.5, PredictionTimes.median(List.of(3.0, 1.0, 2.0, 9.0)));
  }
}
