package org.espalier.benchmarks;

import org.espalier.experiments.Experiments;

/**
 * Entry point: {@code benchmarks masking-cost | memory | lottery-memory | initialization |
 * compression | lottery | jmh [options]}.
 */
public final class Benchmarks {

  private Benchmarks() {}

  /** Runs what the first argument names. */
  public static void main(String[] arguments) throws Exception {
    String what = arguments.length == 0 ? "" : arguments[0];
    switch (what) {
      case "masking-cost" -> {
        MaskingCost.run("lenet-300-100", 2000);
        MaskingCost.run("lenet-5", 300);
      }
      case "memory" -> TrainerMemory.run();
      case "lottery-memory" -> LotteryMemory.run();
      case "initialization", "compression", "lottery" -> Experiments.main(arguments);
      case "jmh" ->
          org.openjdk.jmh.Main.main(java.util.Arrays.copyOfRange(arguments, 1, arguments.length));
      default -> {
        System.err.println(
            "usage: benchmarks masking-cost | memory | lottery-memory | initialization"
                + " | compression | lottery | jmh [options]");
        System.exit(2);
      }
    }
  }
}
