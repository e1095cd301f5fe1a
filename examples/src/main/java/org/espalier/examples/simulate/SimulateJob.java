package org.espalier.examples.simulate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.examples.output.ResultFiles;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Workload;
import org.knowm.xchart.internal.chartpart.Chart;

/** Predicts what machines make of a workload, prints tables, writes figures and a plot. */
public final class SimulateJob {

  private final SimulateOptions options;
  private final MachineSource machines;
  private final PrintWriter out;

  /**
   * @param options what to predict
   * @param machines finds machines by name or file
   * @param out where tables are printed
   */
  public SimulateJob(SimulateOptions options, MachineSource machines, PrintWriter out) {
    this.options = options;
    this.machines = machines;
    this.out = out;
  }

  /** A machine with a setting of the sweep; without a sweep the setting is null. */
  private record Run(String name, String setting, Machine machine, double density) {}

  /**
   * Predicts.
   *
   * @throws org.espalier.sparse.EspalierException if an input does not hold or an output cannot be
   *     written
   */
  public void run() {
    ResultFiles files = new ResultFiles(options.json(), options.plot());
    files.require();
    options.source().inputs().forEach(files::requireOther);
    Workload workload = options.source().load();
    List<SimulationRow> rows = new ArrayList<>();
    for (Run run : runs()) {
      for (Layer layer : workload.layers()) {
        Layer varied = run.density() > 0 ? SweepSettings.withDensity(layer, run.density()) : layer;
        rows.add(SimulationRow.of(run.name(), run.setting(), run.machine().cost(varied)));
      }
    }
    List<SimulationTotal> totals = SimulationTotal.all(rows);
    String title = workload.name() + " on " + String.join(", ", options.accelerators());
    SimulationResult result =
        new SimulationResult(
            workload.name(),
            options.machine().method().name().toLowerCase(Locale.ROOT),
            options.machine().seed(),
            rows,
            totals);
    files.write(result, () -> chart(title, rows));
    print(title, rows, totals);
  }

  private Chart<?, ?> chart(String title, List<SimulationRow> rows) {
    return options.sweep().isPresent()
        ? SimulationPlot.sweep(rows, options.sweep().get(), title)
        : SimulationPlot.speedups(rows, title);
  }

  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (String name : options.accelerators()) {
      if (options.sweep().isEmpty()) {
        runs.add(new Run(name, null, machines.find(name, options.machine()), 0));
        continue;
      }
      SweepRequest sweep = options.sweep().get();
      for (double value : sweep.values()) {
        boolean density = sweep.parameter() == SweepRequest.Parameter.DENSITY;
        Machine machine =
            density
                ? machines.find(name, options.machine())
                : SweepSettings.machine(name, sweep.parameter(), (int) value, options.machine());
        runs.add(new Run(name, sweep.setting(value), machine, density ? value : 0));
      }
    }
    return runs;
  }

  private void print(String title, List<SimulationRow> rows, List<SimulationTotal> totals) {
    out.println(title);
    out.println();
    out.print(SimulationTable.figures(rows, totals));
    out.println();
    out.print(SimulationTable.verdicts(rows));
    options.json().ifPresent(file -> out.println("figures: " + file));
    options.plot().ifPresent(file -> out.println("plot: " + file));
    out.flush();
  }
}
