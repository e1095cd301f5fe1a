package org.espalier.experiments;

import java.util.Arrays;
import picocli.CommandLine;

/** Entry point of the experiments: {@code benchmarks NAME --data-dir DIR --out DIR}. */
public final class Experiments {

  private Experiments() {}

  /** Runs what the first argument names and ends the process. */
  public static void main(String[] arguments) {
    Object study =
        switch (arguments[0]) {
          case "compression" -> new CompressionStudy();
          case "lottery" -> new LotteryStudy();
          default -> new InitializationStudy();
        };
    System.exit(new CommandLine(study).execute(Arrays.copyOfRange(arguments, 1, arguments.length)));
  }
}
