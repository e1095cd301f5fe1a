package org.espalier.hw.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.espalier.hw.arch.EieArchitecture;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.machine.Eie;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.espalier.hw.workload.Layer;

/**
 * What S. Han et al., "EIE: Efficient Inference Engine on Compressed Deep Neural Network", ISCA
 * 2016, published, beside our simulation of uniform masks of the densities in its Table III.
 */
final class EieComparisons {

  private static final String PAPER = "Han et al., EIE, ISCA 2016, ";

  private static final String METHOD =
      "simulated, masks drawn from the rounded densities of Table III, seed 42; nothing fitted";

  private static final String CONTRADICTS =
      "the published time needs more work than the published densities give";

  private static final Map<String, String> FLAGS =
      Map.of("Alex-8", CONTRADICTS, "VGG-6", CONTRADICTS);

  /** Table IV, us; NaN: not known to us. */
  private static final Map<String, double[]> TIMES = times();

  private EieComparisons() {}

  private static Map<String, double[]> times() {
    Map<String, double[]> times = new LinkedHashMap<>();
    times.put("Alex-6", new double[] {28.1, 30.3});
    times.put("Alex-7", new double[] {11.7, 12.2});
    times.put("Alex-8", new double[] {8.9, 9.9});
    times.put("VGG-6", new double[] {28.1, 34.4});
    times.put("VGG-7", new double[] {7.9, Double.NaN});
    times.put("VGG-8", new double[] {7.3, 8.4});
    times.put("NT-We", new double[] {5.2, 8.0});
    times.put("NT-Wd", new double[] {13.0, Double.NaN});
    times.put("NT-LSTM", new double[] {6.5, Double.NaN});
    return times;
  }

  static List<Comparison> all() {
    Eie eie = new Eie(EieArchitecture.PUBLISHED, MachineOptions.DEFAULT);
    Map<String, LayerCost> costs = new LinkedHashMap<>();
    for (Layer layer : layers()) {
      costs.put(layer.name(), eie.cost(layer));
    }
    return List.of(
        rows(
            "EIE, theoretical time",
            "Table IV",
            "us",
            costs,
            cost -> cost.time().theoreticalUs(),
            0),
        rows("EIE, actual time", "Table IV", "us", costs, cost -> cost.time().us(), 1),
        rows("EIE, load balance", "Table IV", "share", costs, c -> c.balance().loadBalance(), 2),
        energy(costs.get("Alex-7")),
        queue(),
        elements());
  }

  private static List<Layer> layers() {
    return Workloads.named("eie-benchmarks").layers();
  }

  private static Comparison rows(
      String title,
      String table,
      String unit,
      Map<String, LayerCost> costs,
      ToDoubleFunction<LayerCost> figure,
      int column) {
    List<Row> rows = new ArrayList<>();
    TIMES.forEach(
        (name, times) -> {
          double published = column < 2 ? times[column] : times[0] / times[1];
          rows.add(
              new Row(
                  name,
                  published,
                  figure.applyAsDouble(costs.get(name)),
                  Role.HELD_OUT,
                  FLAGS.getOrDefault(name, "")));
        });
    return new Comparison(title, PAPER + table, unit, METHOD, rows);
  }

  /** Table V: 138 927 frames a joule. */
  private static Comparison energy(LayerCost cost) {
    return new Comparison(
        "EIE, energy",
        PAPER + "Table V, from frames per joule",
        "uJ",
        METHOD + "; energy per event from the powers of Table II",
        List.of(
            new Row("Alex-7", 1e6 / 138_927, cost.energyPj().total() / 1e6, Role.HELD_OUT, "")));
  }

  private static Comparison queue() {
    List<Row> rows = new ArrayList<>();
    for (int depth : new int[] {1, 2, 4, 8, 16, 32}) {
      Eie eie = new Eie(EieArchitecture.PUBLISHED.withQueueDepth(depth), MachineOptions.DEFAULT);
      double mean =
          layers().stream()
              .mapToDouble(layer -> eie.cost(layer).balance().loadBalance())
              .average()
              .orElseThrow();
      double published = depth == 1 ? 0.5 : Double.NaN;
      String note = depth == 1 ? "the text: about half of the cycles are idle" : "";
      rows.add(new Row("depth " + depth, published, mean, Role.HELD_OUT, note));
    }
    return new Comparison(
        "EIE, load balance by queue depth",
        PAPER + "section 6 (queue depth)",
        "mean share of the nine layers",
        METHOD,
        rows);
  }

  private static Comparison elements() {
    List<Row> rows = new ArrayList<>();
    for (Layer layer : layers()) {
      double one = us(layer, 1);
      rows.add(
          new Row(
              layer.name() + ", 64 elements over 1",
              Double.NaN,
              one / us(layer, 64),
              Role.HELD_OUT,
              "the text: nearly linear, but for NT-We"));
    }
    return new Comparison(
        "EIE, speed-up by elements", PAPER + "section 6 (scalability)", "speed-up", METHOD, rows);
  }

  private static double us(Layer layer, int pes) {
    EieArchitecture architecture = EieArchitecture.PUBLISHED.withPes(pes);
    return new Eie(architecture, MachineOptions.DEFAULT).cost(layer).time().us();
  }
}
