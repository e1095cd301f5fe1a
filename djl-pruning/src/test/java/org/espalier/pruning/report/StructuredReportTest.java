package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.pruning.report.GroupGraph.Group;
import org.espalier.pruning.report.GroupGraph.LayerNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 4 of 5 filters of one layer are left, and so 4 of 5 columns of the next. */
class StructuredReportTest {

  private static final StructuredReport REPORT =
      new StructuredReport(
          "small & fast",
          Sample.SETUP,
          Sample.ENVIRONMENT,
          new StructuredOutcome(
              0.9,
              0.875,
              new Reduction(80, 60),
              new Reduction(1000, 400),
              List.of(
                  new CutLayer(
                      "conv<_weight",
                      List.of(5, 1, 2, 2),
                      List.of(4, 1, 2, 2),
                      new Timing(30, 20),
                      new Verdict(true, "faster")),
                  new CutLayer(
                      "linear_weight",
                      List.of(3, 5),
                      List.of(3, 4),
                      new Timing(4, 4),
                      new Verdict(false, "as fast"))),
              new TotalTiming("all of it", new Timing(60, 40))),
          Sample.history(),
          new GroupGraph(
              List.of(new LayerNode("conv", 5, 4), new LayerNode("linear", 3, 3)),
              List.of(
                  new Group(5, 4, List.of(0), List.of(1), ""),
                  new Group(3, 3, List.of(1), List.of(), "they are the output"))));

  @Test
  void jsonHasTheNamesOfTheContract(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.json");
    StructuredJson.write(file, REPORT);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals(0.9, json.get("dense_accuracy").doubleValue());
    assertEquals(0.875, json.get("sparse_accuracy").doubleValue());
    assertEquals(0.25, json.get("sparsity").doubleValue()); // 20 of 80
    assertEquals(80, json.get("parameters_before").longValue());
    assertEquals(60, json.get("parameters_after").longValue());
    assertEquals(1000, json.get("flops_before").longValue());
    assertEquals(400, json.get("flops_after").longValue());
    assertEquals(1.5, json.get("measured_speedup").doubleValue()); // 60 / 40
    JsonNode conv = json.get("layers").get(0);
    assertEquals("[5,1,2,2]", conv.get("shape").toString());
    assertEquals("[4,1,2,2]", conv.get("shape_after").toString());
    assertEquals(20, conv.get("elements").intValue());
    assertEquals(16, conv.get("elements_after").intValue());
    assertEquals(0.2, conv.get("sparsity").doubleValue());
    JsonNode modelled = json.get("modelled");
    assertEquals(2, modelled.size());
    assertEquals(1.5, modelled.get(0).get("predicted_speedup").doubleValue()); // 30 / 20
    assertEquals("no gain", modelled.get(1).get("verdict").textValue());
    JsonNode group = json.get("groups").get(0);
    assertEquals("conv", group.get("name").textValue());
    assertEquals(5, group.get("channels").intValue());
    assertEquals(4, group.get("channels_after").intValue());
    assertEquals("[\"linear\"]", group.get("readers").toString());
    assertTrue(group.get("reason").isNull());
    assertEquals("they are the output", json.get("groups").get(1).get("reason").textValue());
    assertEquals(Sample.SETUP.recipeSha256(), json.get("recipe_sha256").textValue());
  }

  @Test
  void pageHoldsFiguresDrawingAndPlots(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.html");
    StructuredHtml.write(file, REPORT);
    String page = Files.readString(file);
    assertTrue(page.contains("<h1>small &amp; fast</h1>"));
    assertTrue(page.contains("of 80: 25.00 % are gone"));
    assertTrue(page.contains("of 1,000: 60.00 % are gone"));
    assertTrue(page.contains("\u22122.50 points against dense")); // 87.5 - 90
    assertTrue(page.contains("aria-label=\"Groups of channels\""));
    assertTrue(page.contains(">4/5</text>"));
    assertTrue(page.contains("Outputs of each layer, before and after."));
    assertTrue(page.contains("channels removed"));
    assertTrue(page.contains("<td class=\"name\">conv&lt;_weight</td>"));
    assertTrue(page.contains("<td class=\"figure\">5\u00d71\u00d72\u00d72</td>"));
    assertFalse(page.contains("masks changed"));
    assertFalse(page.contains("src=\"http") || page.contains("href=\"http"));
  }

  @Test
  void whatGrowsIsNoReduction() {
    assertThrows(IllegalArgumentException.class, () -> new Reduction(3, 4));
    assertThrows(IllegalArgumentException.class, () -> new Reduction(0, 0));
    Verdict verdict = new Verdict(false, "none");
    Timing time = new Timing(1, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new CutLayer("a", List.of(2, 3), List.of(2), time, verdict));
  }
}
