package org.espalier.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a measurement depends on beside the code.
 *
 * @param javaVersion with vendor
 * @param processor name and how many the JVM may use
 * @param kernels in use
 * @param libtorchVersion of the dense side
 * @param waitPolicy of OpenMP's threads, which libtorch uses: the variable OMP_WAIT_POLICY
 */
record Environment(
    String javaVersion,
    String processor,
    String kernels,
    String libtorchVersion,
    String waitPolicy) {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  static Environment of(String kernels, String libtorchVersion) {
    return new Environment(
        System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")",
        "%s, %d for this process"
            .formatted(processorName(), Runtime.getRuntime().availableProcessors()),
        kernels,
        libtorchVersion,
        Optional.ofNullable(System.getenv("OMP_WAIT_POLICY")).orElse("unset"));
  }

  /** Returns whether waiting threads leave the processor to others. */
  boolean waitsPassively() {
    return waitPolicy.toLowerCase(Locale.ROOT).equals("passive");
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(LINUX)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(Environment::architecture);
    } catch (IOException e) {
      return architecture(); // no Linux
    }
  }

  private static String architecture() {
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows == null ? System.getProperty("os.arch") : windows;
  }
}
