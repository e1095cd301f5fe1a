package org.espalier.experiments.survival;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One training per optimizer is left alone, another killed again and again; do they end alike? */
@Command(
    name = "survival",
    description = "Kills a training at random moments and compares its last bits.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SurvivalStudy implements Callable<Integer> {

  @Option(names = "--kills", description = "for each optimizer")
  private int kills = 20;

  @Option(names = "--out", required = true, description = "folder for checkpoints and the table")
  private Path out;

  @Option(names = "--optimizers", split = ",", description = "some of sgd, adam")
  private List<String> optimizers = List.of("sgd", "adam");

  @Option(names = "--epochs", description = "of 63 steps")
  private int epochs = 4;

  @Option(names = "--seed", description = "of the moments")
  private long seed = 1;

  @Override
  public Integer call() throws Exception {
    StringBuilder table = new StringBuilder("| optimizer | killed | while writing | last bits |\n");
    table.append("|---|---|---|---|\n");
    boolean allEqual = true;
    Path folder = Files.createTempDirectory(Files.createDirectories(out), "run-");
    for (String optimizer : optimizers) {
      Murder.Outcome whole =
          new Murder(optimizer, epochs, folder.resolve(optimizer + "-whole")).none();
      Murder.Outcome torn =
          new Murder(optimizer, epochs, folder.resolve(optimizer + "-killed"))
              .repeated(kills, whole.seconds(), new SplittableRandom(seed));
      boolean equal = Files.mismatch(whole.last(), torn.last()) == -1;
      allEqual &= equal;
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d of %d | %d | %s |%n",
              optimizer,
              torn.kills(),
              kills,
              torn.whileWriting(),
              equal ? "equal" : "DIFFERENT"));
      System.out.printf(
          Locale.ROOT,
          "%s: %.1f s alone, %.1f s killed %d times%n",
          optimizer,
          whole.seconds(),
          torn.seconds(),
          torn.kills());
    }
    System.out.print(table);
    Files.writeString(out.resolve("survival.md"), table);
    return allEqual ? 0 : 1;
  }
}
