package org.espalier.pruning.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.espalier.pruning.report.History.CurvePoint;
import org.espalier.pruning.report.History.EpochPoint;
import org.espalier.pruning.report.History.PhaseTime;
import org.espalier.pruning.report.History.Pruning;
import org.espalier.sparse.OutputException;
import org.espalier.sparse.io.AtomicFile;

/**
 * The figures of a run that removed channels, for machines, under the names that {@link JsonReport}
 * uses for the same things. The records below are the file's layout, component by component.
 */
public final class StructuredJson {

  private StructuredJson() {}

  /**
   * Writes the report.
   *
   * @param target moved into place when complete
   * @throws OutputException if the file cannot be written
   */
  public static void write(Path target, StructuredReport report) {
    byte[] text = text(report).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(target, out -> out.write(text));
  }

  /** Returns the report as JSON text that ends in a line feed. */
  public static String text(StructuredReport report) {
    return JsonReport.json(document(report));
  }

  /** The whole file; sparsity is the fraction of the parameters that is gone. */
  record Document(
      String title,
      String network,
      String data,
      double denseAccuracy,
      double sparseAccuracy,
      double accuracyDifference,
      double sparsity,
      long parametersBefore,
      long parametersAfter,
      long flopsBefore,
      long flopsAfter,
      double measuredSpeedup,
      double measuredDenseTimeUs,
      double measuredSparseTimeUs,
      String measuredSpeedupDefinition,
      List<Layer> layers,
      List<Group> groups,
      List<JsonReport.Modelled> modelled,
      List<EpochPoint> epochs,
      List<CurvePoint> curve,
      List<Pruning> prunings,
      List<PhaseTime> phases,
      String recipe,
      String recipeSha256,
      long seed,
      int threads,
      String commandLine,
      String device,
      JsonReport.Versions versions) {}

  /** One of {@code layers[]}. */
  record Layer(
      String name,
      List<Integer> shape,
      List<Integer> shapeAfter,
      long elements,
      long elementsAfter,
      double sparsity) {}

  /** One of {@code groups[]}: layers by their names, and why all channels stay, if they must. */
  record Group(
      String name,
      int channels,
      int channelsAfter,
      List<String> writers,
      List<String> readers,
      String reason) {}

  private static Document document(StructuredReport report) {
    RunSetup setup = report.setup();
    Environment environment = report.environment();
    StructuredOutcome outcome = report.outcome();
    History history = report.history();
    Timing timing = outcome.measured().timing();
    return new Document(
        report.title(),
        setup.network(),
        setup.data(),
        outcome.denseAccuracy(),
        outcome.prunedAccuracy(),
        outcome.accuracyDifference(),
        outcome.parameters().removed(),
        outcome.parameters().before(),
        outcome.parameters().after(),
        outcome.flops().before(),
        outcome.flops().after(),
        timing.speedup(),
        timing.denseTimeUs(),
        timing.sparseTimeUs(),
        outcome.measured().definition(),
        outcome.layers().stream().map(StructuredJson::layer).toList(),
        report.groups().groups().stream().map(group -> group(group, report.groups())).toList(),
        outcome.layers().stream()
            .map(layer -> JsonReport.modelled(layer.name(), layer.modelled(), layer.verdict()))
            .toList(),
        history.epochs(),
        history.curve(),
        history.prunings(),
        history.phases(),
        setup.recipe(),
        setup.recipeSha256(),
        setup.seed(),
        environment.threads(),
        setup.commandLine(),
        environment.device(),
        JsonReport.versions(environment));
  }

  private static Layer layer(CutLayer layer) {
    Reduction elements = layer.elements();
    return new Layer(
        layer.name(),
        layer.shapeBefore(),
        layer.shapeAfter(),
        elements.before(),
        elements.after(),
        elements.removed());
  }

  private static Group group(GroupGraph.Group group, GroupGraph graph) {
    return new Group(
        graph.nameOf(group),
        group.channels(),
        group.kept(),
        graph.names(group.writers()),
        graph.names(group.readers()),
        group.reason().isEmpty() ? null : group.reason());
  }
}
