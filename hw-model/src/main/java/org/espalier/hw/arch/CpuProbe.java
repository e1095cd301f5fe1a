package org.espalier.hw.arch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.espalier.sparse.kernel.SparseKernels;
import org.espalier.sparse.kernel.SparseOps;

/**
 * Measures the machine that it runs on, in about half a second if that is idle: one core's
 * multiply-adds from registers, and its loads from windows that fit the first, second and third
 * cache and from one that should fit none. Figures are medians of short samples, so a disturbance
 * of a few milliseconds does not count.
 *
 * <p>The JVM does not tell how large the caches are: each window stands for the range of sizes up
 * to {@code holds}, typical of server processors since 2017.
 *
 * <p>The probes run on the kernels in use. If those are scalar, {@code lanes} is 1 and the figures
 * are far below what native libraries reach on the same machine: do not judge libtorch by them.
 */
public final class CpuProbe {

  private static final Logger LOGGER = System.getLogger(CpuProbe.class.getName());

  private record Window(String name, int floats, long holds) {}

  /** Powers of two, well inside what they stand for. */
  private static final List<Window> WINDOWS =
      List.of(
          new Window("L1", 1 << 12, 32L << 10),
          new Window("L2", 1 << 16, 1L << 20),
          new Window("L3", 1 << 20, 16L << 20),
          new Window("DRAM", 1 << 24, Long.MAX_VALUE));

  private static final int SAMPLES = 7;
  private static final long SETTLED_NS = 40_000_000;
  private static final long LONGEST_WARM_UP_NS = 5_000_000_000L;

  /** One vector in four cycles at 1 GHz: compiled code is faster on any processor. */
  private static final double SLOWEST_VECTORS_PER_NS = 0.25;

  private static final long SAMPLE_NS = 1_000_000;
  private static final int CALLS_PER_CHECK = 20;
  private static final int WARM_UP_ROUNDS = 32;
  private static final int WARM_UP_FLOATS = 1 << 12;
  private static final int ROUNDS = 4096;
  private static final int FLOATS_PER_CALL = 1 << 16;

  /** The probes skip 12 floats, so as to begin on a cache line. */
  private static final int SKIPPED = 12;

  private CpuProbe() {}

  /** Returns the machine as the kernels in use find it now, with one core at work. */
  public static CpuMachine measure() {
    SparseKernels kernels = SparseOps.kernels();
    float[] sink = new float[1];
    float[] data = new float[WINDOWS.get(WINDOWS.size() - 1).floats() + SKIPPED];
    LongSupplier multiplyAdds = () -> kernels.fmaProbe(ROUNDS, sink);
    warmUp(() -> kernels.fmaProbe(WARM_UP_ROUNDS, sink), 2 * kernels.lanes());
    double peakGflops = medianPerNs(multiplyAdds);
    warmUp(
        () -> kernels.loadProbe(data, WINDOWS.get(0).floats(), WARM_UP_FLOATS, sink),
        Float.BYTES * kernels.lanes());
    List<MemoryLevel> levels =
        WINDOWS.stream()
            .map(
                window -> {
                  int floats = Math.max(window.floats(), FLOATS_PER_CALL);
                  LongSupplier loads = () -> kernels.loadProbe(data, window.floats(), floats, sink);
                  loads.getAsLong(); // brings the window into its cache
                  return new MemoryLevel(window.name(), window.holds(), medianPerNs(loads));
                })
            .toList();
    String name = System.getProperty("os.arch") + ", " + kernels.name();
    return new CpuMachine(name, 1, kernels.lanes(), peakGflops, levels);
  }

  /**
   * Runs short calls, which the compiler counts, until they are as fast as compiled code must be
   * and have not become faster for a while. Waiting for the latter alone is not enough: on a busy
   * machine the compiler comes late, and until then vectors are objects, hundreds of times slower.
   *
   * @param unitsPerVector operations or bytes that {@code shortWork} counts for one vector
   */
  private static void warmUp(LongSupplier shortWork, int unitsPerVector) {
    double compiled = unitsPerVector * SLOWEST_VECTORS_PER_NS;
    long start = System.nanoTime();
    long now = start;
    long improved = start;
    double best = 0;
    while (best < compiled || now - improved < SETTLED_NS) {
      if (now - start > LONGEST_WARM_UP_NS) {
        LOGGER.log(
            Level.WARNING,
            "The calibration of this machine is unreliable: after 5 s its loops are still slow;"
                + " repeat it when the machine is less busy, or without -Despalier.kernels.");
        return;
      }
      long begin = now;
      double done = 0;
      for (int i = 0; i < CALLS_PER_CHECK; i++) {
        done += shortWork.getAsLong();
      }
      now = System.nanoTime();
      double rate = done / (now - begin);
      if (rate > 1.2 * best) {
        best = rate;
        improved = now;
      }
    }
  }

  /** Returns units of work per nanosecond, which is 10^9 units per second. */
  private static double medianPerNs(LongSupplier work) {
    double[] rates = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      long done = 0;
      long elapsed;
      do {
        done += work.getAsLong();
        elapsed = System.nanoTime() - start;
      } while (elapsed < SAMPLE_NS);
      rates[i] = (double) done / elapsed;
    }
    Arrays.sort(rates);
    return rates[SAMPLES / 2];
  }
}
