package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.core.Recovery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {

  private static final ObjectMapper PLAIN = new ObjectMapper();

  @Test
  void holdsTheKeysOfTheContractInAFixedOrder() throws IOException {
    JsonNode json = PLAIN.readTree(JsonReport.text(Sample.report()));
    assertEquals(
        List.of(
            "title",
            "network",
            "data",
            "dense_accuracy",
            "sparse_accuracy",
            "accuracy_difference",
            "sparsity",
            "elements",
            "nonzeros",
            "dense_bytes",
            "csr_bytes",
            "measured_speedup",
            "measured_dense_time_us",
            "measured_sparse_time_us",
            "measured_speedup_definition",
            "layers",
            "modelled",
            "machines",
            "epochs",
            "curve",
            "prunings",
            "ledger",
            "ledger_measured_on",
            "phases",
            "recipe",
            "recipe_sha256",
            "seed",
            "threads",
            "command_line",
            "kernel",
            "device",
            "versions"),
        keys(json));
    assertEquals(
        List.of(
            "name",
            "shape",
            "elements",
            "nonzeros",
            "sparsity",
            "dense_bytes",
            "csr_bytes",
            "dense_time_us",
            "sparse_time_us",
            "measured_speedup"),
        keys(json.get("layers").get(0)));
    assertEquals(
        List.of(
            "layer",
            "predicted_dense_time_us",
            "predicted_sparse_time_us",
            "predicted_speedup",
            "verdict",
            "reason"),
        keys(json.get("modelled").get(0)));
  }

  @Test
  void holdsTheKeysOfTheHistoryInAFixedOrder() throws IOException {
    JsonNode json = PLAIN.readTree(JsonReport.text(Sample.report()));
    assertEquals(
        List.of(
            "epoch",
            "step",
            "phase",
            "train_loss",
            "train_accuracy",
            "validation_accuracy",
            "sparsity"),
        keys(json.get("epochs").get(0)));
    assertEquals(
        List.of("step", "sparsity_before", "sparsity_after"), keys(json.get("prunings").get(0)));
    assertEquals(List.of("step", "sparsity"), keys(json.get("curve").get(0)));
    assertEquals(
        List.of(
            "step",
            "epoch",
            "sparsity_before",
            "sparsity_after",
            "accuracy_before",
            "accuracy_after",
            "accuracy_recovered",
            "recovered_step",
            "loss_before",
            "loss_after",
            "loss_recovered"),
        keys(json.get("ledger").get(0)));
    assertEquals(List.of("name", "wall_time_s"), keys(json.get("phases").get(0)));
  }

  @Test
  void holdsTheFiguresOfTheReport() throws IOException {
    JsonNode json = PLAIN.readTree(JsonReport.text(Sample.report()));
    assertEquals(0.9832, json.get("dense_accuracy").doubleValue());
    assertEquals(0.9797, json.get("sparse_accuracy").doubleValue());
    assertEquals(0.9, json.get("sparsity").doubleValue());
    assertEquals(26_620, json.get("nonzeros").longValue());
    assertEquals(1994.9 / 678.6, json.get("measured_speedup").doubleValue(), 1e-12);
    assertEquals(784, json.get("layers").get(0).get("shape").get(1).intValue());
    assertEquals(18_816, json.get("layers").get(0).get("nonzeros").intValue());
    assertEquals(512.5, json.get("layers").get(0).get("sparse_time_us").doubleValue());
    assertTrue(json.get("layers").get(2).get("measured_speedup").isNull());
    assertEquals(3, json.get("modelled").size());
    assertEquals("fc2.weight", json.get("modelled").get(1).get("layer").textValue());
    assertEquals(140.0 / 171, json.get("modelled").get(1).get("predicted_speedup").doubleValue());
    assertEquals("no gain", json.get("modelled").get(1).get("verdict").textValue());
    assertTrue(json.get("modelled").get(2).get("predicted_dense_time_us").isNull());
    assertEquals(Sample.RECIPE, json.get("recipe").textValue());
    assertEquals(Sample.SETUP.recipeSha256(), json.get("recipe_sha256").textValue());
    assertEquals(42, json.get("seed").longValue());
    assertEquals("17.0.15", json.get("versions").get("jdk").textValue());
    assertEquals(16, json.get("epochs").size());
  }

  @Test
  void readsBackEqual() throws IOException {
    ObjectMapper mapper =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    String text = JsonReport.text(Sample.report());
    JsonReport.Document once = mapper.readValue(text, JsonReport.Document.class);
    JsonReport.Document again =
        mapper.readValue(mapper.writeValueAsString(once), JsonReport.Document.class);
    assertEquals(once, again);
    assertEquals(Sample.history().epochs(), once.epochs());
    assertEquals(Sample.history().curve(), once.curve());
    assertEquals(Sample.history().prunings(), once.prunings());
    assertEquals(Sample.history().phases(), once.phases());
    assertEquals(Sample.outcome().sparsity(), once.sparsity());
    assertEquals(Sample.fc1().measured().speedup(), once.layers().get(0).measuredSpeedup());
  }

  @Test
  void holdsTheLedger() throws IOException {
    JsonNode json = PLAIN.readTree(JsonReport.text(Sample.report()));
    assertEquals("the first 2,048 test images", json.get("ledger_measured_on").textValue());
    assertEquals(3, json.get("ledger").size());
    JsonNode entry = json.get("ledger").get(1);
    assertEquals(700, entry.get("step").longValue());
    assertEquals(7, entry.get("epoch").longValue());
    assertEquals(0.5, entry.get("sparsity_before").doubleValue());
    assertEquals(0.8, entry.get("sparsity_after").doubleValue());
    assertEquals(0.985, entry.get("accuracy_before").doubleValue());
    assertEquals(0.8, entry.get("accuracy_after").doubleValue());
    assertEquals(0.9825, entry.get("accuracy_recovered").doubleValue());
    assertEquals(1200, entry.get("recovered_step").longValue());
    assertEquals(0.05, entry.get("loss_before").doubleValue());
    assertEquals(0.9, entry.get("loss_after").doubleValue());
    assertTrue(entry.get("loss_recovered").isNull());
  }

  @Test
  void aRecoveryThatGoesOnAndAMissingLedgerAreNull() throws IOException {
    Recovery open = Sample.ledger().entries().get(0);
    Recovery going = new Recovery(400, 5, 0, 0.5, open.before(), open.after(), null, null);
    History history =
        new History(
            List.of(), List.of(), List.of(), List.of(), new Ledger("ten images", List.of(going)));
    JsonNode entry = PLAIN.readTree(JsonReport.text(report(history))).get("ledger").get(0);
    assertTrue(entry.get("accuracy_recovered").isNull());
    assertTrue(entry.get("recovered_step").isNull());
    assertTrue(entry.get("loss_recovered").isNull());
    JsonNode without =
        PLAIN.readTree(
            JsonReport.text(report(new History(List.of(), List.of(), List.of(), List.of()))));
    assertEquals(0, without.get("ledger").size());
    assertTrue(without.get("ledger_measured_on").isNull());
  }

  private static RunReport report(History history) {
    return new RunReport(
        "t",
        Sample.SETUP,
        Sample.ENVIRONMENT,
        Sample.outcome(),
        history,
        List.of(),
        MachineReports.NONE);
  }

  @Test
  void neverPrintsWhatIsNoNumber() {
    String text = JsonReport.text(Sample.report());
    assertFalse(text.contains("NaN") || text.contains("Infinity"));
  }

  @Test
  void writesAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.json");
    JsonReport.write(file, Sample.report());
    assertEquals(JsonReport.text(Sample.report()), Files.readString(file));
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
