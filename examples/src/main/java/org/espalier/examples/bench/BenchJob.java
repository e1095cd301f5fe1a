package org.espalier.examples.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import org.espalier.examples.output.ResultFiles;
import org.espalier.hw.arch.CpuProbe;
import org.espalier.sparse.kernel.SparseOps;

/** All rows of a benchmark, their means, and the files that were asked for. */
public final class BenchJob {

  private static final String ENGINE = "PyTorch";

  private final BenchOptions options;
  private final PrintWriter out;
  private final DoubleSupplier fmaPeakGflopsPerCore;

  /**
   * @param options what to measure
   * @param out where rows are printed as they come
   */
  public BenchJob(BenchOptions options, PrintWriter out) {
    this(options, out, () -> CpuProbe.measure().peakGflopsPerCore());
  }

  /**
   * @param options what to measure
   * @param out where rows are printed as they come
   * @param fmaPeakGflopsPerCore measures the machine, which takes longer than a test should
   */
  BenchJob(BenchOptions options, PrintWriter out, DoubleSupplier fmaPeakGflopsPerCore) {
    this.options = options;
    this.out = out;
    this.fmaPeakGflopsPerCore = fmaPeakGflopsPerCore;
  }

  /**
   * Measures.
   *
   * @throws org.espalier.sparse.EspalierException if options do not fit each other or a file cannot
   *     be written: before anything was measured
   * @throws IllegalStateException if a product is wrong
   */
  public void run() {
    List<BenchCase> cases = BenchCase.all(options);
    ResultFiles outputs = new ResultFiles(options.json(), options.plot());
    outputs.require();
    Environment environment =
        Environment.of(SparseOps.kernelName(), Engine.getEngine(ENGINE).getVersion());
    double peakPerCore = fmaPeakGflopsPerCore.getAsDouble();
    double peak = peakPerCore * options.threads();
    announce(environment, peak);
    List<CaseBench.Measured> measured = measure(cases, peak);
    List<BenchRow> rows = measured.stream().map(CaseBench.Measured::row).toList();
    List<GeometricMean> means = GeometricMean.all(rows);
    BenchResult result =
        new BenchResult(
            environment,
            options.seed(),
            options.effort().rounds(),
            peakPerCore,
            peak,
            rows,
            options.threads() == 1
                ? List.of()
                : measured.stream().map(CaseBench.Measured::scaling).toList(),
            means);
    outputs.write(result, () -> BenchPlot.chart(means, title(environment)));
    out.println();
    out.print(BenchTable.means(means));
    options.json().ifPresent(file -> out.println("figures: " + file));
    options.plot().ifPresent(file -> out.println("plot: " + file));
    out.println(BenchTable.lastLine(means));
    out.flush();
  }

  private List<CaseBench.Measured> measure(List<BenchCase> cases, double peakGflops) {
    BenchTable table = new BenchTable(cases, options.threads());
    say(table.head());
    int threadsBefore = JniUtils.getNumThreads();
    ExecutorService workers = workers(options.threads() - 1);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), ENGINE)) {
      CaseBench bench = new CaseBench(options, manager, workers, peakGflops);
      List<CaseBench.Measured> measured = new ArrayList<>();
      for (BenchCase row : cases) {
        measured.add(bench.measure(row));
        say(table.line(measured.get(measured.size() - 1)));
      }
      return measured;
    } finally {
      workers.shutdown();
      JniUtils.setNumThreads(threadsBefore);
    }
  }

  /** Workers that park while they wait: a spinning one would take the processor from libtorch. */
  static ExecutorService workers(int count) {
    return Executors.newFixedThreadPool(
        Math.max(1, count),
        work -> {
          Thread thread = new Thread(work, "espalier-bench");
          thread.setDaemon(true);
          return thread;
        });
  }

  private void announce(Environment environment, double peakGflops) {
    say("JDK " + environment.javaVersion() + " on " + environment.processor());
    say(title(environment));
    say(
        String.format(
            Locale.ROOT,
            "FMA peak %.1f GFLOP/s; medians of %d calls in %d rounds; packing of X counts, of W"
                + " not; useful operations only",
            peakGflops,
            options.effort().rounds() * options.effort().timedCalls(),
            options.effort().rounds()));
    if (options.threads() > 1 && !environment.waitsPassively()) {
      say(
          "note: libtorch's threads spin while they wait, which slows whatever runs beside them;"
              + " set OMP_WAIT_POLICY=passive");
    }
  }

  private String title(Environment environment) {
    return "kernels %s against dense libtorch %s, %d thread%s"
        .formatted(
            environment.kernels(),
            environment.libtorchVersion(),
            options.threads(),
            options.threads() == 1 ? "" : "s");
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
