package org.espalier.examples.cli;

import java.io.PrintWriter;
import org.espalier.sparse.EspalierException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code espalier}. Exit codes: 0 = done; 2 = usage or bad input, with one line on
 * standard error; 1 = a bug.
 */
@Command(
    name = "espalier",
    version = "Espalier 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    description = "Neural network pruning for Deep Java Library and Tribuo.",
    subcommands = {
      PruneCommand.class,
      MaskCommand.class,
      InspectCommand.class,
      EncodeCommand.class,
      DecodeCommand.class,
      BenchCommand.class,
      SimulateCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 2 usage or bad input (one line says what, where, and what to do), 1 a"
          + " bug.",
      "Example: espalier prune --model lenet-300-100 --sparsity 0.9",
      "Example: espalier mask --weights model.safetensors --out masks.npz --sparsity 0.9",
      "Example: espalier bench --shapes 768,768,128 --sparsity 0.9",
      "Example: espalier simulate --accelerator eie --workload eie-benchmarks"
    })
public final class Espalier implements Runnable {

  static final int BUG = 1;
  static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec;

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Returns the command line with its error handling; tests give it their own streams. */
  public static CommandLine commandLine() {
    return new CommandLine(new Espalier())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Espalier::refuseArguments)
        .setExecutionExceptionHandler((error, command, parsed) -> fail(error, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static int refuseArguments(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    complain(command.getErr(), error.getMessage() + "; see " + help);
    return BAD_INPUT;
  }

  private static int fail(Exception error, CommandLine command) {
    if (error instanceof EspalierException) {
      complain(command.getErr(), error.getMessage());
      return BAD_INPUT;
    }
    complain(command.getErr(), "a bug, please report it with what follows: " + error);
    error.printStackTrace(command.getErr());
    return BUG;
  }

  private static void complain(PrintWriter err, String message) {
    err.println("espalier: " + message.replaceAll("\\s*\\R\\s*", " "));
    err.flush();
  }
}
