package org.espalier.benchmarks;

import org.espalier.experiments.Experiments;

/** Entry point: {@code benchmarks NAME [options]}; without a name it says which there are. */
public final class Benchmarks {

  private Benchmarks() {}

  /** Runs what the first argument names. */
  public static void main(String[] arguments) throws Exception {
    String what = arguments.length == 0 ? "" : arguments[0];
    switch (what) {
      case "masking-cost" -> TrainingCosts.masking();
      case "regrowth-cost" -> TrainingCosts.regrowth();
      case "regularizer-cost" -> TrainingCosts.regularizers();
      case "memory" -> TrainerMemory.run();
      case "lottery-memory" -> LotteryMemory.run();
      case "jmh" ->
          org.openjdk.jmh.Main.main(java.util.Arrays.copyOfRange(arguments, 1, arguments.length));
      default -> {
        if (Experiments.names().contains(what)) {
          Experiments.main(arguments);
        }
        System.err.printf(
            "usage: benchmarks masking-cost | regrowth-cost | regularizer-cost | memory"
                + " | lottery-memory | %s | jmh [options]%n",
            String.join(" | ", Experiments.names()));
        System.exit(2);
      }
    }
  }
}
