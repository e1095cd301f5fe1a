package org.espalier.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.examples.cli.Espalier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code espalier prune --checkpoint-every N --resume}. */
class ResumeTest {

  private record Result(int exit, String out, String err) {}

  private static Result prune(Path folder, String... more) {
    CommandLine command = Espalier.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    List<String> arguments = new ArrayList<>(List.of("prune", "--threads", "1", "--out"));
    arguments.add(folder.toString());
    arguments.addAll(List.of(more));
    int exit = command.execute(arguments.toArray(String[]::new));
    return new Result(exit, out.toString(), err.toString());
  }

  /** Takes away the newest checkpoint of a phase, as if the run had been killed before it. */
  private static void forget(Path folder, String phase) throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints").resolve(phase))) {
      Files.delete(files.max(Comparator.naturalOrder()).orElseThrow());
    }
  }

  @Test
  void aResumedRunEndsWithTheSameBits(@TempDir Path folder) throws Exception {
    Path whole = folder.resolve("whole");
    assertEquals(0, prune(whole, "--epochs", "1").exit());
    Path torn = folder.resolve("torn");
    String[] options = {"--epochs", "1", "--checkpoint-every", "50"};
    assertEquals(0, prune(torn, options).exit());
    forget(torn, "dense");
    forget(torn, "sparse");
    Files.delete(torn.resolve("masks.npz"));
    Result resumed = prune(torn, "--epochs", "1", "--resume", "--checkpoint-every", "50");
    assertEquals(0, resumed.exit(), resumed.err());
    assertTrue(resumed.out().contains("dense resumed at epoch 0, batch "), resumed.out());
    assertTrue(resumed.out().contains("sparse resumed at epoch 0, batch "), resumed.out());
    assertEquals(-1, Files.mismatch(whole.resolve("masks.npz"), torn.resolve("masks.npz")));
    String model = "model/lenet-300-100-0000.params";
    assertEquals(-1, Files.mismatch(whole.resolve(model), torn.resolve(model)));

    refuses(torn, "--epochs: expected 1 as", "--epochs", "2", "--resume");
    refuses(
        torn,
        "recipe key groups[0].schedule.target: expected 0.9 as",
        "--epochs",
        "1",
        "--sparsity",
        "0.8",
        "--resume");
    refuses(torn, "seed: expected 42 as", "--epochs", "1", "--seed", "43", "--resume");
    refuses(torn, "at least 1, found 0", "--checkpoint-every", "0");
  }

  private static void refuses(Path folder, String message, String... options) {
    Result result = prune(folder, options);
    assertEquals(2, result.exit());
    assertTrue(result.err().contains(message), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }
}
