package org.espalier.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.examples.cli.Espalier;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Evaluation;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code espalier prune} for channels, shortened: what it writes, and that it can be repeated. */
class ChannelJobTest {

  private static final String TWO_STEPS =
      """
      structured:
        criterion: taylor
        target: {type: parameters, remove: 0.5}
        steps: 2
      """;

  private static final String PARAMETERS = "pruned/lenet-300-100-0000.params";

  @TempDir private static Path shared;

  private static String output;

  /** Half of the operations; the dense network of this run is where the others begin. */
  @BeforeAll
  static void half() {
    output = prune(shared, "--remove-flops", "0.5", "--epochs", "1");
  }

  private static String prune(Path folder, String... more) {
    CommandLine command = Espalier.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    List<String> arguments = new ArrayList<>(List.of("prune", "--threads", "1"));
    arguments.addAll(List.of("--out", folder.toString()));
    arguments.addAll(List.of(more));
    assertEquals(0, command.execute(arguments.toArray(String[]::new)), err.toString());
    assertEquals("", err.toString());
    return out.toString();
  }

  private static String pruneLoaded(Path folder, String recipe, String... more) throws Exception {
    Files.createDirectories(folder);
    Path file = folder.resolveSibling("recipe.yaml");
    Files.writeString(file, recipe);
    List<String> arguments = new ArrayList<>(List.of("--recipe", file.toString(), "--load"));
    arguments.add(shared.resolve("dense").toString());
    arguments.addAll(List.of(more));
    return prune(folder, arguments.toArray(String[]::new));
  }

  private static JsonNode report(Path folder) throws Exception {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  @Test
  void reportCountsWhatIsLeft() throws Exception {
    JsonNode report = report(shared);
    long a = channelsLeftOf(300);
    long b = channelsLeftOf(100);
    assertTrue(a >= 1 && a < 300 && b >= 1 && b < 100, a + " and " + b);
    assertEquals(784 * 300 + 300 + 300 * 100 + 100 + 100 * 10 + 10, longAt("parameters_before"));
    assertEquals(784 * a + a + a * b + b + b * 10 + 10, longAt("parameters_after"));
    assertEquals(2 * (784 * 300 + 300 * 100 + 100 * 10), longAt("flops_before"));
    assertEquals(2 * (784 * a + a * b + b * 10), longAt("flops_after"));
    assertTrue(longAt("flops_after") <= longAt("flops_before") / 2);
    double gone = longAt("parameters_before") - longAt("parameters_after");
    assertEquals(gone / longAt("parameters_before"), report.get("sparsity").doubleValue());
    assertEquals("[" + a + ",784]", report.get("layers").get(0).get("shape_after").toString());
    assertEquals(3, report.get("layers").size());
    assertEquals(3, report.get("modelled").size());
    assertTrue(report.get("measured_speedup").doubleValue() > 0);
    // One epoch of each phase instead of twelve: far from the end, and far above chance.
    assertTrue(report.get("dense_accuracy").doubleValue() > 0.85, report.toString());
    assertTrue(report.get("sparse_accuracy").doubleValue() > 0.85, report.toString());
    assertEquals(
        "espalier prune --threads 1 --out " + shared + " --remove-flops 0.5 --epochs 1",
        report.get("command_line").textValue());
  }

  private static long channelsLeftOf(int channels) throws Exception {
    for (JsonNode group : report(shared).get("groups")) {
      if (group.get("channels").intValue() == channels) {
        return group.get("channels_after").longValue();
      }
    }
    throw new AssertionError("no group of " + channels);
  }

  private static long longAt(String key) throws Exception {
    return report(shared).get(key).longValue();
  }

  @Test
  void folderHoldsPageRecipeAndNetworks() throws Exception {
    String html = Files.readString(shared.resolve("report.html"));
    assertTrue(html.contains("aria-label=\"Groups of channels\""));
    assertFalse(html.contains("src=\"http") || html.contains("href=\"http"));
    StructuredRecipe recipe = StructuredRecipe.load(shared.resolve("recipe.yaml"));
    assertEquals(recipe.sha256(), report(shared).get("recipe_sha256").textValue());
    assertTrue(output.contains("% of the FLOPs removed"), output);
    try (var files = Files.list(shared)) {
      assertEquals(
          List.of("dense", "pruned", "recipe.yaml", "report.html", "report.json"),
          files.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  /** Loaded by DJL's own means, it is right about the very images that the report counts. */
  @Test
  void criteriaLoadTheSmallerNetwork() throws Exception {
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(shared.resolve("pruned"))
            .build();
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        ImageDataset test = DataSource.named("builtin").load(null).testBatches(128)) {
      assertEquals(
          report(shared).get("sparse_accuracy").doubleValue(), Evaluation.accuracy(model, test));
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAlsoAfterAKill(@TempDir Path folder) throws Exception {
    Path whole = folder.resolve("whole");
    pruneLoaded(whole, TWO_STEPS, "--epochs", "2");
    JsonNode report = report(whole);
    assertEquals(2, report.get("prunings").size());
    assertEquals(2, report.get("epochs").size());
    // sqrt(1/2) is left after the first of two steps, and no channel more than needed is gone.
    double first = report.get("prunings").get(0).get("sparsity_after").doubleValue();
    assertEquals(1 - Math.sqrt(0.5), first, 0.005);
    assertTrue(first >= 1 - Math.sqrt(0.5));
    assertEquals(0.5, report.get("sparsity").doubleValue(), 0.005);

    Path torn = folder.resolve("torn");
    pruneLoaded(torn, TWO_STEPS, "--epochs", "2", "--checkpoint-every", "50");
    assertEquals(-1, Files.mismatch(whole.resolve(PARAMETERS), torn.resolve(PARAMETERS)));
    Path checkpoints = torn.resolve("checkpoints").resolve("pruned-2");
    try (Stream<Path> files = Files.list(checkpoints)) {
      Files.delete(files.max(Comparator.naturalOrder()).orElseThrow());
    }
    Files.delete(torn.resolve(PARAMETERS));
    String resumed =
        pruneLoaded(torn, TWO_STEPS, "--epochs", "2", "--checkpoint-every", "50", "--resume");
    assertTrue(resumed.contains("pruned-1 resumed at epoch 1, batch 0"), resumed);
    assertTrue(resumed.contains("pruned-2 resumed at epoch 0, batch "), resumed);
    assertEquals(-1, Files.mismatch(whole.resolve(PARAMETERS), torn.resolve(PARAMETERS)));
    assertEquals(report.get("epochs").size(), report(torn).get("epochs").size());
  }

  @Test
  void aLatencyTargetMeansThisProcessor(@TempDir Path folder) throws Exception {
    String recipe = "structured:\n  target: {type: latency, remove: 0.5, batch: 128}\n";
    Path out = folder.resolve("out");
    pruneLoaded(out, recipe, "--epochs", "1");
    JsonNode modelled = report(out).get("modelled");
    double before = 0;
    double after = 0;
    for (JsonNode layer : modelled) {
      before += layer.get("predicted_dense_time_us").doubleValue();
      after += layer.get("predicted_sparse_time_us").doubleValue();
    }
    // The report asks the model that the target asked, at the same batch.
    assertTrue(after <= 0.5 * before * (1 + 1e-12), after + " of " + before);
  }
}
