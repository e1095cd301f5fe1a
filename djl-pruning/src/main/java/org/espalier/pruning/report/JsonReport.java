package org.espalier.pruning.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.espalier.pruning.core.Quality;
import org.espalier.pruning.core.Recovery;
import org.espalier.pruning.report.History.CurvePoint;
import org.espalier.pruning.report.History.EpochPoint;
import org.espalier.pruning.report.History.PhaseTime;
import org.espalier.pruning.report.History.Pruning;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * A report for machines, {@code report.json}: keys in snake_case, in a fixed order, with their unit
 * where they have one; {@code null} where there is no figure. The records below are the file's
 * layout, component by component; masks are not part of it.
 */
public final class JsonReport {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonReport() {}

  /**
   * Writes the report.
   *
   * @param target moved into place when complete
   * @throws OutputException if the file cannot be written
   */
  public static void write(Path target, RunReport report) {
    byte[] text = text(report).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(target, out -> out.write(text));
  }

  /** Returns the report as JSON text that ends in a line feed. */
  public static String text(RunReport report) {
    return json(document(report));
  }

  /** Returns the text of a document, a record. */
  static String json(Record document) {
    try {
      return MAPPER.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts and numbers can always be written", e);
    }
  }

  /** The whole file. */
  record Document(
      String title,
      String network,
      String data,
      double denseAccuracy,
      double sparseAccuracy,
      double accuracyDifference,
      double sparsity,
      long elements,
      long nonzeros,
      long denseBytes,
      long csrBytes,
      Double measuredSpeedup,
      Double measuredDenseTimeUs,
      Double measuredSparseTimeUs,
      String measuredSpeedupDefinition,
      List<Layer> layers,
      List<Modelled> modelled,
      List<Machine> machines,
      List<EpochPoint> epochs,
      List<CurvePoint> curve,
      List<Pruning> prunings,
      List<LedgerEntry> ledger,
      String ledgerMeasuredOn,
      List<PhaseTime> phases,
      String recipe,
      String recipeSha256,
      long seed,
      int threads,
      String commandLine,
      String kernel,
      String device,
      Versions versions) {}

  /** One of {@code layers[]}. */
  record Layer(
      String name,
      List<Integer> shape,
      int elements,
      int nonzeros,
      double sparsity,
      long denseBytes,
      long csrBytes,
      Double denseTimeUs,
      Double sparseTimeUs,
      Double measuredSpeedup) {}

  /** One of {@code modelled[]}. */
  record Modelled(
      String layer,
      Double predictedDenseTimeUs,
      Double predictedSparseTimeUs,
      Double predictedSpeedup,
      String verdict,
      String reason) {}

  /** One of {@code machines[]}: the network on a machine that is not here, by its model. */
  record Machine(
      String machine,
      String input,
      double denseTimeUs,
      double timeUs,
      double speedupVsDense,
      Double energyUj,
      List<MachineLayer> layers) {}

  /** One layer on such a machine. */
  record MachineLayer(
      String layer,
      double denseTimeUs,
      double timeUs,
      double speedupVsDense,
      Double energyUj,
      boolean gain,
      String verdict) {}

  /** One of {@code ledger[]}; accuracies and sparsities are fractions in [0, 1]. */
  record LedgerEntry(
      long step,
      long epoch,
      double sparsityBefore,
      double sparsityAfter,
      double accuracyBefore,
      double accuracyAfter,
      Double accuracyRecovered,
      Long recoveredStep,
      Double lossBefore,
      Double lossAfter,
      Double lossRecovered) {}

  /** What ran. */
  record Versions(String jdk, String djl, String engine) {}

  private static Document document(RunReport report) {
    RunSetup setup = report.setup();
    Environment environment = report.environment();
    Outcome outcome = report.outcome();
    History history = report.history();
    TotalTiming total = outcome.measured();
    Timing timing = total == null ? null : total.timing();
    return new Document(
        report.title(),
        setup.network(),
        setup.data(),
        outcome.denseAccuracy(),
        outcome.sparseAccuracy(),
        outcome.accuracyDifference(),
        outcome.sparsity(),
        outcome.elements(),
        outcome.nonzeros(),
        outcome.denseBytes(),
        outcome.csrBytes(),
        speedup(timing),
        denseTimeUs(timing),
        sparseTimeUs(timing),
        total == null ? null : total.definition(),
        outcome.layers().stream().map(JsonReport::layer).toList(),
        outcome.layers().stream()
            .map(layer -> modelled(layer.name(), layer.modelled(), layer.verdict()))
            .toList(),
        report.machines().reports().stream()
            .map(machine -> machine(machine, report.machines().input()))
            .toList(),
        history.epochs(),
        history.curve(),
        history.prunings(),
        history.ledger().entries().stream().map(JsonReport::ledgerEntry).toList(),
        history.ledger().measuredOn().isEmpty() ? null : history.ledger().measuredOn(),
        history.phases(),
        setup.recipe(),
        setup.recipeSha256(),
        setup.seed(),
        environment.threads(),
        setup.commandLine(),
        environment.kernel(),
        environment.device(),
        versions(environment));
  }

  static Versions versions(Environment environment) {
    return new Versions(environment.jdk(), environment.djl(), environment.engine());
  }

  private static Layer layer(LayerReport layer) {
    return new Layer(
        layer.name(),
        layer.shape(),
        layer.elements(),
        layer.nonzeros(),
        layer.sparsity(),
        layer.denseBytes(),
        layer.csrBytes(),
        denseTimeUs(layer.measured()),
        sparseTimeUs(layer.measured()),
        speedup(layer.measured()));
  }

  static Modelled modelled(String layer, Timing modelled, Verdict verdict) {
    return new Modelled(
        layer,
        denseTimeUs(modelled),
        sparseTimeUs(modelled),
        speedup(modelled),
        verdict.text(),
        verdict.reason());
  }

  private static Machine machine(MachineReport machine, String input) {
    return new Machine(
        machine.machine(),
        input,
        machine.denseTimeUs(),
        machine.timeUs(),
        machine.speedup(),
        machine.energyUj(),
        machine.layers().stream()
            .map(
                layer ->
                    new MachineLayer(
                        layer.layer(),
                        layer.denseTimeUs(),
                        layer.timeUs(),
                        layer.speedup(),
                        layer.energyUj(),
                        layer.gain(),
                        layer.verdict()))
            .toList());
  }

  private static LedgerEntry ledgerEntry(Recovery entry) {
    Quality recovered = entry.recovered();
    return new LedgerEntry(
        entry.step(),
        entry.epoch(),
        entry.sparsityBefore(),
        entry.sparsityAfter(),
        entry.before().accuracy(),
        entry.after().accuracy(),
        recovered == null ? null : recovered.accuracy(),
        entry.recoveredStep(),
        entry.before().loss(),
        entry.after().loss(),
        recovered == null ? null : recovered.loss());
  }

  private static Double denseTimeUs(Timing timing) {
    return timing == null ? null : timing.denseTimeUs();
  }

  private static Double sparseTimeUs(Timing timing) {
    return timing == null ? null : timing.sparseTimeUs();
  }

  private static Double speedup(Timing timing) {
    return timing == null ? null : timing.speedup();
  }
}
