package org.espalier.hw.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.espalier.hw.arch.CacheSizes;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.kernel.SparseOps;

/**
 * What measured times depend on.
 *
 * @param processor its name
 * @param java version of the JVM
 * @param kernels in use, such as {@code simd-512}
 * @param lanes floats of a vector
 * @param threads that shared each product
 * @param caches of a core
 * @param peakGflops float32 multiply-adds from registers of one core, 10^9 operations per second
 * @param library of the dense products and its version; {@link #ESTIMATED} if none was measured
 * @param date of the measurement, as ISO 8601 writes it
 */
public record Conditions(
    String processor,
    String java,
    String kernels,
    int lanes,
    int threads,
    CacheSizes caches,
    double peakGflops,
    String library,
    String date) {

  /** Stands for the library where dense times are estimated from the processor's peak. */
  public static final String ESTIMATED = "none, estimated from the peak";

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /** Checks the ranges. */
  public Conditions {
    if (lanes < 1 || threads < 1 || !(peakGflops > 0) || Double.isInfinite(peakGflops)) {
      throw new IllegalArgumentException(
          "no machine: %d lanes, %d threads, %s GFLOP/s".formatted(lanes, threads, peakGflops));
    }
  }

  /**
   * Returns the conditions of now, for one thread; the peak is not measured, and stands as 1.
   *
   * @param library of dense products
   */
  public static Conditions here(String library) {
    return now(1, 1, library);
  }

  /** Returns the conditions of now. */
  static Conditions now(int threads, double peakGflops, String library) {
    return new Conditions(
        processorName(),
        System.getProperty("java.vm.version"),
        SparseOps.kernelName(),
        SparseOps.kernels().lanes(),
        threads,
        CacheSizes.ofThisMachine(),
        peakGflops,
        library,
        LocalDate.now(ZoneOffset.UTC).toString());
  }

  /**
   * Refuses conditions under which times would be others: kernels of another width, another
   * processor, another JVM.
   *
   * @param place file, for the message
   * @throws InvalidInputException if they differ from what is in use now
   */
  public void requireHere(String place) {
    require(place, "kernels", SparseOps.kernelName(), kernels);
    require(place, "processor", processorName(), processor);
    require(place, "java", System.getProperty("java.vm.version"), java);
  }

  private static void require(String place, String what, String here, String there) {
    if (!here.equals(there)) {
      throw new InvalidInputException(
          place + ", " + what,
          here + ", which is in use now",
          there,
          "calibrate again: name a file that does not exist");
    }
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(LINUX)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch"); // no Linux
    }
  }
}
