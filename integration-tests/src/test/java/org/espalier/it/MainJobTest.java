package org.espalier.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.examples.cli.Espalier;
import org.espalier.examples.data.ImageShape;
import org.espalier.examples.model.Networks;
import org.espalier.pruning.core.MaskFiles;
import org.espalier.pruning.core.Recipe;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The main job on generated digits, shortened: what it writes, and that the zeros are exact. */
class MainJobTest {

  private static final int WEIGHTS = 784 * 300 + 300 * 100 + 100 * 10;

  private final StringWriter out = new StringWriter();

  private void prune(Path folder, String... more) {
    CommandLine command = Espalier.commandLine();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    List<String> arguments =
        new ArrayList<>(
            List.of("prune", "--epochs", "2", "--threads", "1", "--out", folder.toString()));
    arguments.addAll(List.of(more));
    assertEquals(0, command.execute(arguments.toArray(String[]::new)), err.toString());
    assertEquals("", err.toString());
  }

  private static Map<String, float[]> weights(Path folder) throws Exception {
    return weights(folder, "model");
  }

  private static Map<String, float[]> weights(Path folder, String which) throws Exception {
    Map<String, float[]> weights = new TreeMap<>();
    try (Model model = Model.newInstance("lenet-300-100")) {
      model.setBlock(Networks.build("lenet-300-100", new ImageShape(1, 28, 28, 10)));
      model.load(folder.resolve(which), "lenet-300-100");
      model
          .getBlock()
          .getParameters()
          .forEach(pair -> weights.put(pair.getKey(), pair.getValue().getArray().toFloatArray()));
    }
    return weights;
  }

  @Test
  void prunesEvaluatesMeasuresAndReports(@TempDir Path folder) throws Exception {
    prune(folder, "--sparsity", "0.9");
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    long kept = Counts.kept(0.9, WEIGHTS);
    assertEquals(26_620, kept); // 266,200 / 10
    assertEquals((double) (WEIGHTS - kept) / WEIGHTS, report.get("sparsity").doubleValue());
    assertEquals(3, report.get("layers").size());
    assertEquals(3, report.get("modelled").size());
    assertTrue(report.get("measured_speedup").doubleValue() > 0);
    double dense = report.get("dense_accuracy").doubleValue();
    double sparse = report.get("sparse_accuracy").doubleValue();
    // Two epochs of each phase instead of twelve: far from the end, and far above chance.
    assertTrue(dense > 0.9, "dense " + dense);
    assertTrue(sparse > 0.9, "sparse " + sparse);

    assertLedgerMatchesPrunings(report);

    Map<String, Mask> masks = MaskFiles.read(folder.resolve("masks.npz"));
    Map<String, float[]> weights = weights(folder);
    assertEquals(kept, masks.values().stream().mapToLong(Mask::keptCount).sum());
    masks.forEach(
        (path, mask) -> assertEquals(mask, Mask.ofNonZeros(weights.get(path), mask.shape())));

    String html = Files.readString(folder.resolve("report.html"));
    assertTrue(html.contains("<svg") && html.contains("data:image/png;base64,"));
    assertFalse(html.contains("src=\"http") || html.contains("href=\"http"));
    Recipe recipe = Recipe.load(folder.resolve("recipe.yaml"));
    assertEquals(recipe.sha256(), report.get("recipe_sha256").textValue());
    assertTrue(out.toString().contains("26,620"), out.toString());
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of("dense", "masks.npz", "model", "recipe.yaml", "report.html", "report.json"),
          files.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  /** The ledger tells of the same prunings, and each recovery ends where the next one begins. */
  private static void assertLedgerMatchesPrunings(JsonNode report) {
    JsonNode ledger = report.get("ledger");
    JsonNode prunings = report.get("prunings");
    assertEquals(prunings.size(), ledger.size());
    assertTrue(ledger.size() >= 4, "entries: " + ledger.size());
    for (int i = 0; i < ledger.size(); i++) {
      for (String key : List.of("step", "sparsity_before", "sparsity_after")) {
        assertEquals(prunings.get(i).get(key).asDouble(), ledger.get(i).get(key).asDouble(), key);
      }
      if (i > 0) {
        JsonNode recovered = ledger.get(i - 1);
        assertEquals(recovered.get("accuracy_recovered"), ledger.get(i).get("accuracy_before"));
        assertEquals(recovered.get("recovered_step"), ledger.get(i).get("step"));
      }
    }
    // The first 2,048 of 4,000 generated images, and all of them
    JsonNode last = ledger.get(ledger.size() - 1);
    assertEquals(
        report.get("sparse_accuracy").doubleValue(),
        last.get("accuracy_recovered").doubleValue(),
        0.02);
    assertEquals("the first 2,048 test images", report.get("ledger_measured_on").textValue());
  }

  @Test
  void aSmallerFineTuneRateMovesWeightsLess(@TempDir Path folder) throws Exception {
    prune(folder.resolve("whole"), "--sparsity", "0");
    Path dense = folder.resolve("whole").resolve("dense");
    prune(
        folder.resolve("tenth"),
        "--sparsity",
        "0",
        "--fine-tune-rate",
        "0.1",
        "--load",
        dense.toString());
    Map<String, float[]> start = weights(dense.getParent(), "dense");
    double whole = distance(start, weights(folder.resolve("whole"), "model"));
    double tenth = distance(start, weights(folder.resolve("tenth"), "model"));
    assertTrue(tenth > 0 && tenth < whole / 2, "moved %s and %s".formatted(tenth, whole));
  }

  private static double distance(Map<String, float[]> from, Map<String, float[]> to) {
    double squares = 0;
    for (var entry : from.entrySet()) {
      float[] other = to.get(entry.getKey());
      for (int i = 0; i < other.length; i++) {
        double moved = entry.getValue()[i] - other[i];
        squares += moved * moved;
      }
    }
    return Math.sqrt(squares);
  }

  @Test
  void theSameSeedGivesTheSameMasksAndWeights(@TempDir Path folder) throws Exception {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    prune(first, "--seed", "7");
    prune(second, "--seed", "7", "--load", first.resolve("dense").toString());
    Path third = folder.resolve("third");
    prune(third, "--seed", "7");
    assertArrayEquals(
        Files.readAllBytes(first.resolve("masks.npz")),
        Files.readAllBytes(third.resolve("masks.npz")));
    Map<String, float[]> weights = weights(first);
    weights(third).forEach((path, values) -> assertArrayEquals(weights.get(path), values, path));
    // A loaded network starts where the trained one ended.
    ObjectMapper json = new ObjectMapper();
    assertEquals(
        json.readTree(first.resolve("report.json").toFile()).get("dense_accuracy"),
        json.readTree(second.resolve("report.json").toFile()).get("dense_accuracy"));
  }
}
