package org.espalier.hw.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.espalier.hw.arch.EseArchitecture;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.machine.Ese;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.sim.LoadBalance;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.PerChannel;
import org.espalier.hw.workload.Uniform;
import org.espalier.hw.workload.Workload;

/**
 * What S. Han et al., "ESE: Efficient Speech Recognition Engine with Sparse LSTM on FPGA", FPGA
 * 2017, published about one step of its LSTM, beside our simulation. Rows by matrix are from
 * memory.
 */
final class EseComparisons {

  private static final String PAPER = "Han et al., ESE, FPGA 2017, ";

  private static final String METHOD =
      "simulated, masks drawn from the published densities, seed 42; the element-wise stage (1072"
          + " cycles for 1024 outputs) and what waits for it were derived from the rows marked fitted";

  /** Density that a channel's elements differ by, relative: see {@link #spread}. */
  private static final double SPREAD = 0.1;

  private static final Map<String, double[]> TIMES = times();

  private EseComparisons() {}

  /** Theoretical and real time, us; NaN: not known to us. */
  private static Map<String, double[]> times() {
    Map<String, double[]> times = new LinkedHashMap<>();
    times.put("Wix", new double[] {2.9, 5.36});
    times.put("Wfx", new double[] {2.9, 5.36});
    times.put("Wcx", new double[] {2.9, 5.36});
    times.put("Wox", new double[] {2.8, 5.36});
    times.put("Wir", new double[] {9.3, 10.31});
    times.put("Wfr", new double[] {9.4, 10.01});
    times.put("Wcr", new double[] {9.2, Double.NaN});
    times.put("Wor", new double[] {9.4, Double.NaN});
    times.put("Wym", new double[] {8.2, 15.66});
    return times;
  }

  static List<Comparison> all() {
    Ese ese = new Ese(EseArchitecture.PUBLISHED, MachineOptions.DEFAULT);
    Workload lstm = Workloads.named("ese-lstm");
    List<Row> theoretical = new ArrayList<>();
    List<Row> real = new ArrayList<>();
    double sum = 0;
    for (Layer layer : lstm.layers()) {
      RunTime time = ese.cost(layer).time();
      double[] published = TIMES.get(layer.name());
      sum += time.theoreticalUs();
      theoretical.add(new Row(layer.name(), published[0], time.theoreticalUs(), Role.HELD_OUT, ""));
      real.add(row(layer, published[1], time.us()));
    }
    theoretical.add(new Row("total", 57.0, sum, Role.HELD_OUT, ""));
    real.add(
        new Row(
            "total", 82.7, ese.sequenceUs(lstm), Role.FITTED, "with one more 5.36 us to begin"));
    return List.of(
        new Comparison(
            "ESE, theoretical time", PAPER + "table of matrices", "us", METHOD, theoretical),
        new Comparison("ESE, real time", PAPER + "table of matrices", "us", METHOD, real),
        balance(ese, lstm));
  }

  private static Row row(Layer layer, double published, double predicted) {
    boolean recurrent = layer.name().endsWith("r");
    String note = "";
    if (!recurrent) {
      note =
          layer.name().equals("Wym")
              ? "waits for the element-wise stage of its inputs"
              : "bound by the element-wise stage";
    }
    return new Row(
        layer.name(), published, predicted, recurrent ? Role.HELD_OUT : Role.FITTED, note);
  }

  private static Comparison balance(Ese ese, Workload lstm) {
    double dense = ese.sequenceUs(with(lstm, layer -> dense(layer)));
    double plain = ese.sequenceUs(with(lstm, EseComparisons::spread));
    double balanced = ese.sequenceUs(with(lstm, EseComparisons::balanced));
    return new Comparison(
        "ESE, speed-up over its dense run",
        PAPER + "section 3.2 (load-balance-aware pruning), from memory",
        "speed-up",
        METHOD,
        List.of(
            new Row("balanced pruning", 6.2, dense / balanced, Role.HELD_OUT, ""),
            new Row(
                "plain pruning",
                5.5,
                dense / plain,
                Role.FITTED,
                "the elements' densities spread by 10 %, which was derived from this figure")));
  }

  private static Workload with(Workload lstm, Function<Layer, Occupancy> weights) {
    return new Workload(
        lstm.name(),
        lstm.layers().stream().map(layer -> layer.withWeights(weights.apply(layer))).toList());
  }

  private static Occupancy dense(Layer layer) {
    return Uniform.dense(layer.weights().rows(), layer.weights().columns());
  }

  /** Magnitudes of normal weights, pruned to the same count on each element. */
  private static Occupancy balanced(Layer layer) {
    int rows = layer.weights().rows();
    int columns = layer.weights().columns();
    SplittableRandom random = new SplittableRandom(42);
    float[] weights = new float[rows * columns];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    int pes = EseArchitecture.PUBLISHED.pes();
    return new Actual(
        LoadBalance.prune(weights, rows, columns, pes, 1 - layer.weights().density()));
  }

  /** Rows of one element share a density, normal around that of the layer. */
  private static Occupancy spread(Layer layer) {
    SplittableRandom random = new SplittableRandom(42);
    double mean = layer.weights().density();
    double[] ofElement = new double[EseArchitecture.PUBLISHED.pes()];
    for (int element = 0; element < ofElement.length; element++) {
      double density = mean * (1 + SPREAD * random.nextGaussian());
      ofElement[element] = Math.max(0, Math.min(1, density));
    }
    double[] densities =
        IntStream.range(0, layer.weights().rows())
            .mapToDouble(row -> ofElement[row % ofElement.length])
            .toArray();
    return PerChannel.ofDensities(layer.weights().columns(), densities);
  }
}
