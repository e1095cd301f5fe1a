package org.espalier.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.espalier.experiments.CompressionRun.Accuracies;
import org.espalier.sparse.codec.CompressionReport;
import org.espalier.sparse.codec.Initialization;
import org.espalier.sparse.codec.SharedCoding;
import org.espalier.sparse.codec.StageBytes;
import org.espalier.sparse.codec.TensorCompression;

/**
 * Sizes and test errors of the compression study as Markdown: mean and sample standard deviation
 * over seeds. Sizes are of everything in the file, biases, names and checksums included.
 */
final class CompressionTable {

  /**
   * One network, encoded once.
   *
   * @param trained accuracies before encoding
   * @param decoded accuracy of what came back, in [0, 1]
   * @param report sizes
   */
  record Outcome(Accuracies trained, double decoded, CompressionReport report) {

    double rate(ToDoubleFunction<StageBytes> stage) {
      return stage.applyAsDouble(report.total());
    }
  }

  private final Map<PaperNetwork, Map<Initialization, List<Outcome>>> outcomes = new TreeMap<>();

  void add(PaperNetwork network, Initialization initialization, Outcome outcome) {
    outcomes
        .computeIfAbsent(network, n -> new TreeMap<>())
        .computeIfAbsent(initialization, i -> new ArrayList<>())
        .add(outcome);
  }

  /** Returns the table of networks, and one of layers for each network. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| network | initialization | pruned (P) % | shared (P+Q) % | Huffman (P+Q+H) % |");
    text.append(" bytes | times smaller | paper | error dense % | pruned % | decoded % |\n");
    text.append("|---".repeat(11)).append("|\n");
    outcomes.forEach(
        (network, rows) -> rows.forEach((how, runs) -> text.append(row(network, how, runs))));
    outcomes.forEach(
        (network, rows) -> {
          List<Outcome> linear = rows.get(Initialization.LINEAR);
          if (linear != null) {
            text.append("\n").append(layers(network, linear));
          }
        });
    return text.toString();
  }

  private static String row(PaperNetwork network, Initialization how, List<Outcome> runs) {
    return "| %s | %s | %s | %s | %s | %s | %s | %d | %s | %s | %s |%n"
        .formatted(
            network.label(),
            how.name().toLowerCase(Locale.ROOT),
            mean("%.2f", runs, run -> run.rate(StageBytes::prunedRate)),
            mean("%.2f", runs, run -> run.rate(StageBytes::sharedRate)),
            mean("%.2f", runs, run -> run.rate(StageBytes::codedRate)),
            mean("%,.0f", runs, run -> run.report().fileBytes()),
            spread(runs, run -> run.rate(StageBytes::factor)),
            network.paperFactor(),
            spread(runs, run -> error(run.trained().dense())),
            spread(runs, run -> error(run.trained().pruned())),
            spread(runs, run -> error(run.decoded())));
  }

  /** The columns of the paper's tables 2 and 3, and its rates beside ours. */
  private static String layers(PaperNetwork network, List<Outcome> runs) {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(network.label()).append(", linear | weights | kept % |");
    text.append(" bits w/i (P+Q) | bits w/i (P+Q+H) | P+Q % | paper | P+Q+H % | paper |\n");
    text.append("|---".repeat(9)).append("|\n");
    for (PaperNetwork.Layer layer : network.layers()) {
      TensorCompression first = tensor(runs.get(0), layer);
      SharedCoding coding = coding(runs.get(0), layer);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %s | %d/%d | %s/%s | %s | %s | %s | %s |%n",
              layer.path(),
              first.elements(),
              mean("%.1f", runs, r -> 100.0 * coding(r, layer).nonZeros() / first.elements()),
              coding.bits().weightBits(),
              coding.bits().indexBits(),
              mean("%.2f", runs, r -> coding(r, layer).bitsPerWeight()),
              mean("%.2f", runs, r -> coding(r, layer).bitsPerIndex()),
              mean("%.2f", runs, r -> tensor(r, layer).bytes().sharedRate()),
              layer.sharedRate(),
              mean("%.2f", runs, r -> tensor(r, layer).bytes().codedRate()),
              layer.codedRate()));
    }
    return text.toString();
  }

  private static TensorCompression tensor(Outcome outcome, PaperNetwork.Layer layer) {
    return outcome.report().tensors().stream()
        .filter(tensor -> tensor.name().equals(layer.path()))
        .findFirst()
        .orElseThrow();
  }

  private static SharedCoding coding(Outcome outcome, PaperNetwork.Layer layer) {
    return tensor(outcome, layer).coding().orElseThrow();
  }

  private static double error(double accuracy) {
    return 100 * (1 - accuracy);
  }

  private static String mean(String format, List<Outcome> runs, ToDoubleFunction<Outcome> figure) {
    double mean = StudyTable.mean(runs.stream().mapToDouble(figure).boxed().toList());
    return String.format(Locale.ROOT, format, mean);
  }

  private static String spread(List<Outcome> runs, ToDoubleFunction<Outcome> figure) {
    List<Double> values = runs.stream().mapToDouble(figure).boxed().toList();
    return String.format(
        Locale.ROOT, "%.2f ± %.2f", StudyTable.mean(values), StudyTable.deviation(values));
  }
}
