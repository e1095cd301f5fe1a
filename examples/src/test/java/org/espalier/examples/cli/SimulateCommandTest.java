package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.hw.file.MachineFile;
import org.espalier.sparse.io.Tensor;
import org.junit.jupiter.api.Test;

/** {@code espalier simulate} from end to end. */
class SimulateCommandTest extends TensorCommandBase {

  private JsonNode rows(Object... arguments) throws IOException {
    Path json = folder.resolve("rows.json");
    Object[] all = new Object[arguments.length + 3];
    all[0] = "simulate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--json";
    all[all.length - 1] = json;
    assertDone(all);
    return new ObjectMapper().readTree(json.toFile()).get("rows");
  }

  @Test
  void theNineLayersHaveTheirNamesAndFigures() throws IOException {
    JsonNode rows = rows("--accelerator", "eie", "--workload", "eie-benchmarks");
    assertEquals(9, rows.size());
    assertEquals("Alex-6", rows.get(0).get("layer").asText());
    assertEquals("NT-LSTM", rows.get(8).get("layer").asText());
    for (JsonNode row : rows) {
      double us = row.get("time_us").asDouble();
      assertEquals(row.get("cycles").asDouble() / 800, us, 1e-9 * us);
      assertTrue(row.get("theoretical_time_us").asDouble() <= us);
      assertTrue(row.get("energy_uj").asDouble() > 0);
      assertTrue(row.get("speedup_vs_dense").asDouble() > 1);
    }
    assertTrue(rows.get(3).get("verdict").asText().startsWith("does not fit: "));
  }

  @Test
  void theSameSeedGivesTheSameFigures() throws IOException {
    Object[] run = {"--accelerator", "eie", "--workload", "ese-lstm", "--seed", 7};
    assertEquals(rows(run), rows(run));
  }

  @Test
  void weightsAndInputsOfFilesAreCountedExactly() throws IOException {
    Path weights = file("w.npz", Tensor.ofFloats("fc", new int[] {2, 3}, 1, 0, 2, 3, 0, 0));
    Path inputs = file("x.npz", Tensor.ofFloats("fc", new int[] {3, 2}, 1, 1, 1, 0, 0, 1));
    JsonNode row =
        rows("--accelerator", "eyeriss-v2-pe", "--weights", weights, "--activations", inputs)
            .get(0);
    // Columns of W have 2, 0 and 1 non-zeros, rows of X 2, 1 and 1: 4 + 0 + 1 pairs.
    assertEquals(5, row.get("cycles").asDouble());
  }

  @Test
  void machinesAndWorkloadsComeFromFiles() throws IOException {
    Path machine = folder.resolve("npu.yaml");
    Files.writeString(machine, MachineFile.example("edge-npu"));
    Path workload = folder.resolve("layers.yaml");
    Files.writeString(
        workload, "layers: [{name: a, kind: gemm, m: 64, k: 64, weight_density: 0.1}]\n");
    JsonNode rows = rows("--accelerator", machine, "--accelerator", "a100", "--workload", workload);
    assertEquals(2, rows.size());
    assertFalse(rows.get(1).get("gain").asBoolean());
    Files.writeString(machine, MachineFile.example("edge-npu").replace("800 MHz", "800"));
    assertEquals(2, run("simulate", "--accelerator", machine, "--workload", workload));
    assertTrue(err.toString().contains("npu.yaml:"), err.toString());
    assertTrue(err.toString().contains("unit"), err.toString());
  }

  @Test
  void listsWhatThereIs() {
    assertDone("simulate", "--list");
    assertTrue(out.toString().contains("eie-benchmarks"));
    assertTrue(out.toString().contains("\ncpu "), out.toString());
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    assertEquals(2, run("simulate", "--accelerator", "eie"));
    assertEquals(2, run("simulate", "--workload", "eie-benchmarks"));
    assertEquals(2, run("simulate", "--accelerator", "tpu", "--workload", "eie-benchmarks"));
    assertEquals(
        2, run("simulate", "--accelerator", "eie", "--workload", "alexnet", "--batch", "2"));
    assertEquals(
        2,
        run("simulate", "--accelerator", "a100", "--workload", "alexnet", "--sweep", "elements=2"));
    assertEquals(5, err.toString().lines().count(), err.toString());
  }
}
