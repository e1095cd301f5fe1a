package org.espalier.examples.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateJobTest {

  @TempDir private Path folder;
  private final StringWriter printed = new StringWriter();

  /** A machine of one multiplier at 1 MHz: a cycle is a microsecond. */
  private record Multiplier(String name) implements Machine {

    @Override
    public String summary() {
      return "one multiplier";
    }

    @Override
    public LayerCost cost(Layer layer) {
      double cycles = layer.weightMacs();
      return new LayerCost(
          layer,
          RunTime.ofCycles(cycles, cycles / 2, 1),
          RunTime.ofCycles(layer.shape().denseMacs(), 1, 1),
          Breakdown.NONE.plus("multiply", 2e6 * cycles).plus("read", 1e6 * cycles),
          Breakdown.NONE.plus("memory", 4 * cycles),
          new Balance(0.5, 1, 0.25),
          Verdict.noGain("it is slow"));
    }
  }

  private void run(String sweep, Path json, Path plot) throws IOException {
    Path workload = folder.resolve("w.yaml");
    Files.writeString(
        workload,
        """
        name: two
        layers:
          - {name: a, kind: gemm, m: 4, k: 5, n: 2, weight_density: 0.5}
          - {name: b, kind: gemm, m: 2, k: 5, n: 1, dtype: int8}
        """);
    new SimulateJob(
            new SimulateOptions(
                List.of("x", "y", "x"),
                new WorkloadLayers(workload.toString()),
                MachineOptions.DEFAULT,
                Optional.ofNullable(sweep).map(SweepRequest::parse),
                Optional.ofNullable(json),
                Optional.ofNullable(plot)),
            (name, options) -> new Multiplier(name),
            new PrintWriter(printed))
        .run();
  }

  @Test
  void writesRowsTotalsAndAPlot() throws IOException {
    Path json = folder.resolve("r.json");
    Path plot = folder.resolve("r.svg");
    run(null, json, plot);
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertEquals("two", result.get("workload").asText());
    assertEquals("simulate", result.get("method").asText());
    assertEquals(4, result.get("rows").size());
    JsonNode a = result.at("/rows/0");
    assertEquals("x", a.get("accelerator").asText());
    assertEquals("a", a.get("layer").asText());
    assertEquals(20, a.get("cycles").asDouble());
    assertEquals(20, a.get("time_us").asDouble());
    assertEquals(10, a.get("theoretical_time_us").asDouble());
    assertEquals(60, a.get("energy_uj").asDouble());
    assertEquals(20, a.at("/energy_parts_uj/read").asDouble());
    assertEquals(0.5, a.get("load_balance").asDouble());
    assertEquals(2, a.get("speedup_vs_dense").asDouble());
    assertEquals("no gain: it is slow", a.get("verdict").asText());
    assertFalse(a.has("setting"));
    assertEquals("int8", result.at("/rows/3/dtype").asText());
    assertEquals(30, result.at("/totals/1/time_us").asDouble());
    assertEquals(50 / 30.0, result.at("/totals/1/speedup_vs_dense").asDouble());
    assertTrue(Files.readString(plot).contains("<svg"));
    assertTrue(printed.toString().contains("x, a, b: no gain: it is slow"), printed::toString);
  }

  @Test
  void sweepsTheDensityOfEveryLayer() throws IOException {
    Path json = folder.resolve("r.json");
    run("density=0.1,1", json, folder.resolve("r.png"));
    JsonNode rows = new ObjectMapper().readTree(json.toFile()).get("rows");
    assertEquals(8, rows.size());
    assertEquals("density=0.1", rows.get(0).get("setting").asText());
    assertEquals(4, rows.get(0).get("cycles").asDouble());
    assertEquals(40, rows.get(2).get("cycles").asDouble());
  }

  @Test
  void refusesBeforeItWrites() {
    assertThrows(
        InvalidInputException.class, () -> run("queue-depth=2", folder.resolve("r.json"), null));
    assertFalse(Files.exists(folder.resolve("r.json")));
    assertThrows(InvalidInputException.class, () -> run(null, folder.resolve("w.yaml"), null));
    assertThrows(InvalidInputException.class, () -> run(null, null, folder.resolve("r.gif")));
    assertThrows(
        InvalidInputException.class,
        () ->
            new SimulateOptions(
                List.of(),
                new WorkloadLayers("alexnet"),
                MachineOptions.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }
}
