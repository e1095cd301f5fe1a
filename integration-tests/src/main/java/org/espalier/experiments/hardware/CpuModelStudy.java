package org.espalier.experiments.hardware;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.examples.bench.Effort;
import org.espalier.examples.bench.LibtorchProbe;
import org.espalier.examples.bench.ProductBench;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cpu.CpuCalibration;
import org.espalier.hw.file.CpuCalibrationFile;
import org.espalier.hw.machine.Cpu;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.io.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The CPU model against {@code espalier bench}: this machine is calibrated, then every case is
 * predicted and measured by the code of the benchmark.
 */
@Command(
    name = "cpu-model",
    description = "Predicts products that the calibration did not see, and measures them.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class CpuModelStudy implements Callable<Integer> {

  @Option(names = "--out", required = true, description = "folder for table and calibration")
  private Path out;

  @Option(names = "--cases", defaultValue = "120", description = "products to measure")
  private int cases;

  @Option(names = "--threads", defaultValue = "1", description = "of both sides")
  private int threads;

  @Option(names = "--seed", defaultValue = "42", description = "of cases and operands")
  private long seed;

  @Option(
      names = "--warm-up-ms",
      defaultValue = "700",
      description = "of each side of a case; less only for a first look")
  private int warmUpMs;

  @Override
  public Integer call() {
    AtomicFile.requireWritableDirectory(out);
    long start = System.nanoTime();
    CpuCalibration calibration =
        CpuCalibration.measure(
            threads,
            new LibtorchProbe(),
            (done, total, what) -> System.out.printf("calibration %d/%d: %s%n", done, total, what));
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "calibrated in %.1f s%n", seconds);
    CpuCalibrationFile.write(out.resolve("cpu-calibration.json"), calibration);
    Cpu cpu = new Cpu(calibration);
    List<CpuModelRow> rows = new ArrayList<>();
    Effort effort = new Effort(warmUpMs, 13, 4);
    try (ProductBench bench = new ProductBench(threads, effort, seed)) {
      for (CpuCases.Case each : CpuCases.draw(cases, seed)) {
        ProductBench.Times measured = bench.measure(each.shape(), each.pattern(), each.sparsity());
        rows.add(new CpuModelRow(each, measured, predict(cpu, each)));
        System.out.println(rows.get(rows.size() - 1).line());
      }
    }
    String text = CpuModelText.of(calibration.conditions(), seconds, rows);
    AtomicFile.write(
        out.resolve("cpu-model.md"), stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    System.out.println(CpuModelText.summary(rows));
    return 0;
  }

  private static LayerCost predict(Cpu cpu, CpuCases.Case of) {
    Gemm shape = new Gemm(of.shape().m(), of.shape().k(), of.shape().n());
    int[] extents = {shape.m(), shape.k()};
    double density =
        (double) of.pattern().kept(of.sparsity(), extents) / of.pattern().units(extents);
    boolean fixed = of.pattern().fixedSparsity(extents).isPresent();
    return cpu.cost(
        Layer.dense(of.shape().text(), shape)
            .withWeights(of.pattern(), fixed ? 1 - of.sparsity() : density));
  }
}
