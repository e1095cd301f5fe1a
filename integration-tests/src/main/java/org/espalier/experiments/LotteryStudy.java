package org.espalier.experiments;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.data.ImageData;
import org.espalier.pruning.rewind.IterativePruning;
import org.espalier.pruning.rewind.Level;
import org.espalier.pruning.rewind.Rewind;
import org.espalier.pruning.rewind.RewindPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Lottery tickets on MNIST: LeNet-300-100 is trained, pruned by a fifth of its weights, reset to
 * its initial weights, and so on; at some levels also with new initial weights and with random
 * masks. Every training is stored, so that the study can be stopped and resumed, and shared by
 * processes that take different seeds.
 */
@Command(
    name = "lottery",
    description = "Compares lottery tickets with their controls, LeNet-300-100 on MNIST.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class LotteryStudy implements Callable<Integer> {

  /** Added to the seed of a run for what must be drawn anew. */
  private static final long OTHER = 1000;

  @Mixin private StudyOptions options;

  @Option(names = "--epochs", description = "of each training")
  private int epochs = 5;

  @Option(names = "--rounds", description = "of pruning; 15 leave 3.6 %% of the weights")
  private int rounds = 15;

  @Option(names = "--levels", split = ",", description = "with controls, in rounds")
  private List<Integer> levels = List.of(3, 7, 12, 15);

  @Override
  public Integer call() throws Exception {
    ImageData data = options.load(DataSource.MNIST);
    LotteryTable table = new LotteryTable();
    for (long seed : options.seeds()) {
      try (LotteryTask task = new LotteryTask(data, epochs, seed)) {
        table.add(run(task, seed));
      }
    }
    String text = table.markdown();
    System.out.println(text);
    StudyTable.write(options.file("lottery.md"), text);
    table.plot(options.file("lottery.png"));
    return 0;
  }

  private List<Level> run(LotteryTask task, long seed) throws IOException {
    TreeMap<Integer, List<Rewind>> branches = new TreeMap<>();
    for (int level : levels) {
      branches.put(level, controls(seed));
    }
    RewindPlan plan =
        new RewindPlan(LotteryTask.recipe(seed), rounds, seed, new Rewind.Weights(0), branches);
    long start = System.nanoTime();
    List<Level> done = new IterativePruning(task, plan, options.file("seed-" + seed)).run();
    System.out.printf(Locale.ROOT, "seed %d  %.0f s%n", seed, (System.nanoTime() - start) / 1e9);
    return done;
  }

  private static List<Rewind> controls(long seed) {
    return List.of(new Rewind.RandomWeights(seed + OTHER), new Rewind.RandomMask(seed + OTHER));
  }
}
