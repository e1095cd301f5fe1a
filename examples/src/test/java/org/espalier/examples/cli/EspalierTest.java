package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Everything that is refused: exit code 2, one line that names place and cure, nothing touched. */
class EspalierTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    CommandLine command = Espalier.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private void assertRefused(String message, String... arguments) throws IOException {
    Path results = folder.resolve("results");
    Files.createDirectories(results);
    Files.writeString(results.resolve("report.html"), "old");
    String[] all = new String[arguments.length + 3];
    all[0] = "prune";
    all[1] = "--out";
    all[2] = results.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    assertEquals(2, run(all), err.toString());
    assertEquals("espalier: " + message + System.lineSeparator(), err.toString());
    assertEquals("old", Files.readString(results.resolve("report.html")));
    try (var files = Files.list(results)) {
      assertEquals(List.of(results.resolve("report.html")), files.toList());
    }
  }

  private Path recipe(String text) throws IOException {
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(file, text);
    return file;
  }

  @Test
  void sparsityOne() throws IOException {
    assertRefused(
        "--sparsity: expected a fraction of zeros in [0, 1), found 1.0; 0.9 prunes nine weights of"
            + " ten",
        "--sparsity",
        "1.0");
  }

  @Test
  void sparsityBelowZero() throws IOException {
    assertRefused(
        "--sparsity: expected a fraction of zeros in [0, 1), found -0.1; 0.9 prunes nine weights"
            + " of ten",
        "--sparsity=-0.1");
  }

  @Test
  void sparsityNaN() throws IOException {
    assertRefused(
        "--sparsity: expected a fraction of zeros in [0, 1), found NaN; 0.9 prunes nine weights of"
            + " ten",
        "--sparsity",
        "NaN");
  }

  @Test
  void sparsityThatIsNoNumber() throws IOException {
    assertRefused(
        "Invalid value for option '--sparsity': 'most' is not a double; see espalier prune --help",
        "--sparsity",
        "most");
  }

  @Test
  void aFineTuneRateThatIsNone() throws IOException {
    assertRefused(
        "fine-tune rate: expected a fraction of the original learning rate, in [1e-6, 1], found"
            + " 0.0; 0.1 is a tenth of it",
        "--fine-tune-rate",
        "0");
  }

  @Test
  void unknownKeyInARecipe() throws IOException {
    Path file = recipe("schedule: {type: one-shot, target: 0.9}\ncriterium: magnitude\n");
    assertRefused(
        file
            + ": expected keys among [aggregate, allocation, batches, compensation, criterion, exclude,"
            + " forward, include, lifecycle, name, pattern, regularizers, rounds, schedule, seed,"
            + " update], found 'criterium'; correct this key",
        "--recipe",
        file.toString());
  }

  @Test
  void wrongTypeInARecipe() throws IOException {
    Path file = recipe("seed: soon\nschedule: {type: one-shot, target: 0.9}\n");
    assertRefused(
        file + ": seed: expected a whole number, found the text 'soon'; correct this key",
        "--recipe",
        file.toString());
  }

  @Test
  void endBeforeBeginInARecipe() throws IOException {
    Path file = recipe("schedule: {type: cubic, target: 0.9, begin: 9, end: 3}\n");
    assertRefused(
        file + ": schedule.end: expected at least begin = 9, found 3; correct the schedule's end",
        "--recipe",
        file.toString());
  }

  @Test
  void aPatternThatThereIsNot() throws IOException {
    Path file = recipe("schedule: {type: one-shot, target: 0.9}\npattern: 3x3\n");
    assertRefused(
        file
            + ": pattern: expected one of unstructured, N:M, balanced:B, balanced-pe:P,"
            + " kernel-pattern:K, kernel-pattern:K:D, strided:S, block:RxC, vector, kernel, channel,"
            + " input-channel, head:H, head:H:input, found '3x3'; correct this key",
        "--recipe",
        file.toString());
  }

  @Test
  void recipeAndSparsity() throws IOException {
    Path file = recipe("schedule: {type: one-shot, target: 0.9}\n");
    assertRefused(
        "--sparsity: expected a sparsity or a recipe, found both; drop one: the recipe says how"
            + " much",
        "--recipe",
        file.toString(),
        "--sparsity",
        "0.9");
  }

  @Test
  void aGlobThatMatchesNoLayerOfTheNetwork() throws IOException {
    Path file = recipe("include: [conv*]\nschedule: {type: one-shot, target: 0.9}\n");
    assertRefused(
        "group 'weights', include: expected a glob that matches one of [02Linear_bias,"
            + " 02Linear_weight, 04Linear_bias, 04Linear_weight, 06Linear_bias, 06Linear_weight],"
            + " found 'conv*'; correct or remove it",
        "--recipe",
        file.toString(),
        "--epochs",
        "1");
  }

  @Test
  void aScheduleThatEndsAfterTheTraining() throws IOException {
    Path file = recipe("schedule: {type: cubic, target: 0.9, end: 157, every: 10}\n");
    // 10,000 images in batches of 64 are 157 steps: 0 to 156
    assertRefused(
        "group 'weights', schedule: expected a last decision at step 156 at the latest, found 157;"
            + " end the schedule earlier or raise --epochs",
        "--recipe",
        file.toString(),
        "--epochs",
        "1");
  }

  @Test
  void unknownNetworkAndDataSet() throws IOException {
    assertRefused(
        "--model: expected one of lenet-300-100, lenet-5, resnet-8, found resnet; name one of these",
        "--model",
        "resnet");
    err.getBuffer().setLength(0);
    assertEquals(2, run("prune", "--data", "imagenet"));
    assertTrue(err.toString().startsWith("espalier: data set: expected one of builtin, mnist,"));
  }

  @Test
  void missingDataFolder() throws IOException {
    Path missing = folder.resolve("nowhere");
    Path results = folder.resolve("results");
    assertEquals(
        2,
        run(
            "prune",
            "--data",
            "mnist",
            "--data-dir",
            missing.toString(),
            "--out",
            results.toString()));
    assertTrue(err.toString().startsWith("espalier: " + missing), err.toString());
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void outputFolderThatIsAFile() throws IOException {
    Path file = folder.resolve("taken");
    Files.writeString(file, "mine");
    assertEquals(2, run("prune", "--out", file.toString()));
    assertTrue(err.toString().startsWith("espalier: " + file), err.toString());
    assertEquals(1, err.toString().lines().count());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void countsThatAreNone() throws IOException {
    assertRefused(
        "--epochs: expected at least 1, found 0; raise it or leave it out", "--epochs", "0");
    err.getBuffer().setLength(0);
    assertRefused(
        "--threads: expected at least 1, found -2; raise it or leave it out", "--threads=-2");
  }

  @Test
  void unknownOptionsAndCommands() {
    assertEquals(2, run("prune", "--sparse"));
    assertEquals(
        "espalier: Unknown option: '--sparse'; see espalier prune --help", err.toString().strip());
    assertEquals(2, run("plant"));
    assertEquals(2, run());
  }

  @Test
  void helpExplainsEveryOption() {
    assertEquals(0, run("prune", "--help"));
    for (String option :
        List.of(
            "--model",
            "--sparsity",
            "--remove-flops",
            "--data",
            "--data-dir",
            "--recipe",
            "--epochs",
            "--out",
            "--seed",
            "--threads")) {
      assertTrue(out.toString().contains(option), option);
    }
    assertEquals(0, run("--help"));
    assertEquals(0, run("--version"));
    assertFalse(out.toString().isEmpty());
    assertEquals("", err.toString());
  }
}
