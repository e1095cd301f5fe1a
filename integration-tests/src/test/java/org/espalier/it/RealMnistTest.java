package org.espalier.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.examples.cli.Espalier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The main job on real MNIST, where the files are at hand; shortened to four epochs a phase. */
class RealMnistTest {

  private static Path data() {
    String folder = System.getProperty("espalier.data", "../../shared/data");
    return Path.of(folder).resolve("mnist").toAbsolutePath().normalize();
  }

  @Test
  void twelvefoldPruningCostsNoAccuracy(@TempDir Path folder) throws Exception {
    Path data = data();
    assumeTrue(
        Files.isDirectory(data),
        "SKIPPED: no MNIST at " + data + "; name its parent folder by -Despalier.data=DIR");
    CommandLine command = Espalier.commandLine();
    StringWriter output = new StringWriter();
    command.setOut(new PrintWriter(output, true));
    command.setErr(new PrintWriter(output, true));
    int exit =
        command.execute(
            "prune",
            "--data",
            "mnist",
            "--data-dir",
            data.toString(),
            "--sparsity",
            "0.92",
            "--epochs",
            "4",
            "--threads",
            "1",
            "--out",
            folder.toString());
    assertEquals(0, exit, output.toString());
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    double dense = report.get("dense_accuracy").doubleValue();
    double sparse = report.get("sparse_accuracy").doubleValue();
    assertTrue(dense >= 0.975, "dense " + dense);
    assertTrue(sparse >= dense - 0.005, "dense " + dense + ", sparse " + sparse);
    assertEquals(0.92, report.get("sparsity").doubleValue(), 0); // 244,904 of 266,200 exactly
  }
}
