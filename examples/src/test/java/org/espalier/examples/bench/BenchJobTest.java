package org.espalier.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks that last milliseconds: what they write, not how fast anything is. */
class BenchJobTest {

  private static final double PEAK = 100;
  private static final Effort SHORT = new Effort(1, 2, 2);
  private static final String KEYS =
      "m k n pattern sparsity threads median_us dense_median_us gflops_useful speedup_vs_dense"
          + " fraction_of_fma_peak kernel";

  private final StringWriter out = new StringWriter();

  @TempDir private Path folder;

  private JsonNode run(String shapes, String patterns, int threads, Path plot) throws IOException {
    Path json = folder.resolve("bench.json");
    BenchOptions options =
        new BenchOptions(
            BenchShape.parseAll(shapes),
            Arrays.stream(patterns.split(" ")).map(SparsityPattern::parse).toList(),
            List.of(0.5, 0.75),
            Optional.empty(),
            threads,
            7,
            SHORT,
            Optional.of(json),
            Optional.ofNullable(plot));
    new BenchJob(options, new PrintWriter(out, true), () -> PEAK).run();
    return new ObjectMapper().readTree(json.toFile());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private String lastLine() {
    return out.toString().lines().reduce("", (before, line) -> line);
  }

  @Test
  void oneThread() throws IOException {
    Path plot = folder.resolve("bench.png");
    JsonNode result = run("8,12,50;8,12,1", "unstructured 2:4", 1, plot);
    // Two shapes, two sparsities, and 2:4 once per shape.
    assertEquals(6, result.get("rows").size());
    assertEquals(PEAK, result.get("fma_peak_gflops").asDouble());
    for (JsonNode row : result.get("rows")) {
      assertEquals(List.of(KEYS.split(" ")), names(row));
      double us = row.get("median_us").asDouble();
      double kept = 96 * (1 - row.get("sparsity").asDouble());
      assertEquals(
          2 * kept * row.get("n").asInt() / us / 1e3, row.get("gflops_useful").asDouble(), 1e-9);
      assertEquals(
          row.get("dense_median_us").asDouble() / us, row.get("speedup_vs_dense").asDouble(), 1e-9);
      assertEquals(
          row.get("gflops_useful").asDouble() / PEAK,
          row.get("fraction_of_fma_peak").asDouble(),
          1e-9);
    }
    assertEquals(0, result.get("scaling").size());
    assertEquals(6, result.get("geometric_means").size());
    assertTrue(names(result).containsAll(List.of("java_version", "processor", "kernels")));
    assertTrue(
        lastLine().startsWith("geometric means of speed-ups over dense, N >= 49: unstructured 0.5"),
        lastLine());
    assertTrue(ImageIO.read(plot.toFile()).getWidth() > 0);
  }

  @Test
  void severalThreadsAreComparedWithOne() throws IOException {
    Path plot = folder.resolve("bench.svg");
    JsonNode result = run("16,16,16", "block:4x1", 2, plot);
    assertEquals(2, result.get("rows").size());
    assertEquals(2, result.at("/rows/0/threads").asInt());
    assertEquals(2, result.get("scaling").size());
    JsonNode scaling = result.at("/scaling/0");
    assertEquals(
        scaling.get("dense_one_thread_median_us").asDouble()
            / result.at("/rows/0/dense_median_us").asDouble(),
        scaling.get("dense_scaling").asDouble(),
        1e-9);
    assertEquals(2 * PEAK, result.get("fma_peak_gflops").asDouble());
    assertTrue(out.toString().contains("dense gains"), out.toString());
    assertTrue(Files.readString(plot).toLowerCase(Locale.ROOT).contains("<svg"));
  }
}
