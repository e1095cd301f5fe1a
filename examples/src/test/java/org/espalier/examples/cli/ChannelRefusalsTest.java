package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Refusals of {@code espalier prune} for channels, all of them before anything is trained. */
class ChannelRefusalsTest {

  private static final String HALF = "  target: {type: flops, remove: 0.5}\n";

  @TempDir private Path folder;

  private String refusal(String... arguments) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Espalier.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    Path results = folder.resolve("results");
    List<String> all = new ArrayList<>(List.of("prune", "--out", results.toString()));
    all.addAll(List.of(arguments));
    assertEquals(2, command.execute(all.toArray(String[]::new)), err.toString());
    assertEquals("", out.toString(), "nothing has begun");
    assertEquals(1, err.toString().lines().count(), err.toString());
    if (Files.exists(results)) {
      try (var files = Files.list(results)) {
        assertEquals(List.of(), files.toList());
      }
    }
    return err.toString().strip();
  }

  private String refused(String text, String... more) throws IOException {
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(file, text);
    List<String> arguments = new ArrayList<>(List.of("--recipe", file.toString()));
    arguments.addAll(List.of(more));
    return refusal(arguments.toArray(String[]::new)).replace(file.toString(), "FILE");
  }

  @Test
  void oneChoiceOnly() throws IOException {
    assertEquals(
        "espalier: --remove-flops: expected channels or weights to go, found --sparsity as well;"
            + " drop one, and prune the result again",
        refusal("--remove-flops", "0.5", "--sparsity", "0.9"));
    assertEquals(
        "espalier: --remove-flops: expected a fraction or a recipe, found both; drop one: the"
            + " recipe says how much",
        refused("structured:\n" + HALF, "--remove-flops", "0.5"));
    assertEquals(
        "espalier: --sparsity: expected a sparsity or a recipe, found both; drop one: the recipe"
            + " says how much",
        refused("structured:\n" + HALF, "--sparsity", "0.5"));
  }

  @Test
  void fractionsOutOfRange() throws IOException {
    for (String value : List.of("1.0", "-0.5", "NaN")) {
      assertEquals(
          "espalier: --remove-flops: expected a fraction of operations in [0, 1), found "
              + value
              + "; 0.5 leaves half of them",
          refusal("--remove-flops=" + value));
    }
  }

  @Test
  void recipesThatDoNotHold() throws IOException {
    assertTrue(
        refused("structured:\n  criterium: magnitude\n" + HALF).startsWith("espalier: FILE: "));
    String empty = refused("structured:\n");
    assertTrue(empty.startsWith("espalier: FILE: structured: expected an object"), empty);
    assertEquals(
        "espalier: FILE: expected keys among [structured], found 'schedule'; correct this key",
        refused("structured:\n" + HALF + "schedule: {type: one-shot, target: 0.9}\n"));
    String unknown = refused("structured:\n  target: {type: joules, remove: 0.5}\n");
    assertTrue(
        unknown.contains("one of channels, flops, latency, parameters, found 'joules'"), unknown);
    assertFalse(Files.exists(folder.resolve("results")));
  }

  /** 12 is what lenet-300-100 is trained for. */
  @Test
  void moreStepsThanEpochs() throws IOException {
    assertEquals(
        "espalier: --epochs: expected at least 13, one for each step of the recipe, found 12; raise"
            + " it, or prune in fewer steps",
        refused("structured:\n  steps: 13\n" + HALF));
  }

  @Test
  void criteriaThatHaveWatchedNothing() throws IOException {
    String message = refused("structured:\n  criterion: movement\n" + HALF);
    assertTrue(message.startsWith("espalier: criterion 'movement': expected "), message);
  }

  @Test
  void criteriaOfNormsThatAreNotThere() throws IOException {
    String message = refused("structured:\n  criterion: bn-scale\n" + HALF);
    assertTrue(message.startsWith("espalier: "), message);
    assertTrue(message.contains("Linear_weight: expected a batch norm"), message);
  }

  @Test
  void targetsOutOfReach() throws IOException {
    String message = refused("structured:\n  min_channels: 400\n" + HALF);
    // 2 * (784 * 300 + 300 * 100 + 100 * 10) operations, of which none may go
    assertEquals(
        "espalier: target flops: expected one that can be reached: with at least 400 of each group,"
            + " the least is 532400 flops, found at most 266200; remove less, or leave less of each"
            + " group",
        message);
    String excluded = refused("structured:\n  exclude: ['*']\n" + HALF);
    assertTrue(excluded.contains("none but excluded ones"), excluded);
  }
}
