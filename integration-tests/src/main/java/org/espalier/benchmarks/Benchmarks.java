package org.espalier.benchmarks;

import org.espalier.experiments.Experiments;

/** Entry point: {@code benchmarks NAME [options]}; without a name it says which there are. */
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
      case "jmh" ->
          org.openjdk.jmh.Main.main(java.util.Arrays.copyOfRange(arguments, 1, arguments.length));
      default -> {
        if (Experiments.names().contains(what)) {
          Experiments.main(arguments);
        }
        System.err.printf(
            "usage: benchmarks masking-cost | memory | %s | jmh [options]%n",
            String.join(" | ", Experiments.names()));
        System.exit(2);
      }
    }
  }
}
