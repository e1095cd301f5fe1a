package org.espalier.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.examples.data.DigitGenerator;
import org.espalier.examples.data.ImageData;
import org.espalier.experiments.LotteryTask;
import org.espalier.pruning.rewind.IterativePruning;
import org.espalier.pruning.rewind.Level;
import org.espalier.pruning.rewind.Rewind;
import org.espalier.pruning.rewind.RewindPlan;

/** Resident memory over ten lottery rounds in one process, each with both controls. */
final class LotteryMemory {

  private static final int ROUNDS = 10;

  private LotteryMemory() {}

  static void run() throws IOException {
    Path folder = Files.createTempDirectory("espalier-lottery");
    Engine.getInstance();
    JniUtils.setNumThreads(1);
    ImageData data = DigitGenerator.data(2400, 600, 1);
    try (LotteryTask task = new LotteryTask(data, 2, 1)) {
      List<Rewind> controls = List.of(new Rewind.RandomWeights(2), new Rewind.RandomMask(2));
      TreeMap<Integer, List<Rewind>> branches = new TreeMap<>();
      for (int round = 1; round <= ROUNDS; round++) {
        branches.put(round, controls);
        // One round more each time: what is done is skipped.
        RewindPlan plan =
            new RewindPlan(LotteryTask.recipe(1), round, 1, new Rewind.Weights(0), branches);
        List<Level> levels = new IterativePruning(task, plan, folder).run();
        System.out.printf(
            Locale.ROOT,
            "round %2d  %5.2f %% of the weights left  resident %.1f MB%n",
            round,
            100 * levels.get(round).density(),
            TrainerMemory.residentKb() / 1024.0);
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
