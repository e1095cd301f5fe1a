package org.espalier.hw.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.espalier.hw.arch.CacheSizes;
import org.espalier.hw.arch.CpuMachine;
import org.espalier.hw.arch.CpuProbe;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.KernelForecast;
import org.espalier.sparse.kernel.PackedMatrix;
import org.espalier.sparse.kernel.Packing;
import org.espalier.sparse.kernel.SparseOps;

/** Measures the families of kernels at designed points, and fits what a unit of work costs. */
public final class Calibrator {

  private static final long SEED = 1;

  /** Checks and the clock: no call from Java takes less, whatever a fit extrapolates. */
  private static final double LEAST_CALL_NS = 250;

  private final int threads;
  private final DenseProbe dense;
  private final Progress progress;
  private final KernelChoice choice;

  /**
   * @param threads that share each product, at least 1
   * @param dense products of the native library, or null: then dense times are estimated
   * @param progress hears how far it is
   */
  public Calibrator(int threads, DenseProbe dense, Progress progress) {
    this.threads = threads;
    this.dense = dense;
    this.progress = progress;
    this.choice =
        new KernelChoice(
            new KernelForecast(SparseOps.kernels()), CacheSizes.ofThisMachine(), threads);
  }

  /** Returns the families that the kernels in use choose for some products. */
  public static Set<KernelFamily> familiesOf(List<SparseWork> products) {
    KernelChoice choice =
        new KernelChoice(new KernelForecast(SparseOps.kernels()), CacheSizes.ofThisMachine(), 1);
    Set<KernelFamily> families = EnumSet.noneOf(KernelFamily.class);
    for (SparseWork product : products) {
      families.add(choice.chosen(product).family());
      families.add(product.n() == 1 ? KernelFamily.DENSE_VECTOR : KernelFamily.DENSE);
    }
    return families;
  }

  /**
   * Measures.
   *
   * @param wanted families; the others cost no time, and have no times afterwards
   */
  public CpuCalibration measure(Set<KernelFamily> wanted) {
    CpuMachine machine = CpuProbe.measure();
    Map<KernelFamily, List<CalibrationPoint>> points = new EnumMap<>(KernelFamily.class);
    for (CalibrationPoint point : CalibrationPoint.sparse()) {
      KernelFamily family = choice.chosen(point.work()).family();
      points.computeIfAbsent(family, f -> new ArrayList<>()).add(point);
    }
    if (dense != null) {
      for (CalibrationPoint point : CalibrationPoint.dense()) {
        KernelFamily family = point.n() == 1 ? KernelFamily.DENSE_VECTOR : KernelFamily.DENSE;
        points.computeIfAbsent(family, f -> new ArrayList<>()).add(point);
      }
    }
    points.keySet().retainAll(wanted);
    Map<KernelFamily, List<Double>> costs = new EnumMap<>(KernelFamily.class);
    if (dense == null) {
      costs.putAll(new DenseEstimate(machine).unitNs());
    }
    costs.putAll(costs(points));
    String library = dense == null ? Conditions.ESTIMATED : dense.library();
    return new CpuCalibration(Conditions.now(threads, machine.peakGflopsPerCore(), library), costs);
  }

  /** All points take turns, so that a slow second of the machine slows all families alike. */
  private Map<KernelFamily, List<Double>> costs(Map<KernelFamily, List<CalibrationPoint>> points) {
    ExecutorService workers = workers(threads - 1);
    List<DenseProbe.Product> products = new ArrayList<>();
    try {
      List<Runnable> calls = new ArrayList<>();
      points.forEach(
          (family, ofFamily) -> {
            for (CalibrationPoint point : ofFamily) {
              calls.add(isDense(family) ? dense(point, products) : sparse(point, workers));
            }
          });
      double[] ns = CallTimer.mediansNs(calls, progress);
      Map<KernelFamily, List<Double>> costs = new EnumMap<>(KernelFamily.class);
      int begin = 0;
      for (Map.Entry<KernelFamily, List<CalibrationPoint>> entry : points.entrySet()) {
        int end = begin + entry.getValue().size();
        double[][] terms =
            entry.getValue().stream()
                .map(point -> terms(entry.getKey(), point))
                .toArray(double[][]::new);
        costs.put(entry.getKey(), fit(terms, Arrays.copyOfRange(ns, begin, end)));
        begin = end;
      }
      return costs;
    } finally {
      // Backwards: each restores the threads that it found.
      for (int i = products.size() - 1; i >= 0; i--) {
        products.get(i).close();
      }
      workers.shutdown();
    }
  }

  private static boolean isDense(KernelFamily family) {
    return family == KernelFamily.DENSE || family == KernelFamily.DENSE_VECTOR;
  }

  /** Returns what a unit of each term costs, in ns; the first term counts calls. */
  static List<Double> fit(double[][] terms, double[] ns) {
    double[] work =
        Arrays.stream(ns).map(time -> Math.max(time - LEAST_CALL_NS, time / 2)).toArray();
    double[] costs = NonNegativeFit.relative(terms, work);
    costs[0] += LEAST_CALL_NS;
    return Arrays.stream(costs).boxed().toList();
  }

  private double[] terms(KernelFamily family, CalibrationPoint point) {
    if (!isDense(family)) {
      return choice.chosen(point.work()).terms();
    }
    return point.n() == 1
        ? choice.terms().denseVector(point.m(), point.k())
        : choice.terms().dense(point.m(), point.k(), point.n());
  }

  private Runnable sparse(CalibrationPoint point, ExecutorService workers) {
    int n = point.n();
    PackedMatrix packed = PackedMatrix.of(point.weights(SEED), Packing.forColumns(n));
    float[] x = new float[point.k() * n];
    IntStream.range(0, x.length).forEach(i -> x[i] = (i % 31 - 15.5f) / 16);
    float[] y = new float[point.m() * n];
    return threads == 1
        ? () -> packed.multiply(x, n, y)
        : () -> packed.multiply(x, n, y, Epilogue.NONE, workers, threads);
  }

  private Runnable dense(CalibrationPoint point, List<DenseProbe.Product> products) {
    DenseProbe.Product product = dense.prepare(point.m(), point.k(), point.n(), threads);
    products.add(product);
    return product::run;
  }

  /** Workers that park while they wait. */
  private static ExecutorService workers(int count) {
    return Executors.newFixedThreadPool(
        Math.max(1, count),
        work -> {
          Thread thread = new Thread(work, "espalier-calibration");
          thread.setDaemon(true);
          return thread;
        });
  }
}
