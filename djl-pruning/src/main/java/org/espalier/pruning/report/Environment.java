package org.espalier.pruning.report;

/**
 * What the run ran on.
 *
 * @param jdk version of the Java runtime
 * @param djl version of Deep Java Library
 * @param engine name and version of DJL's engine, for example {@code PyTorch 2.7.1}
 * @param kernel name of the sparse kernels that were timed, for example {@code simd-512}
 * @param device name of the processor or device
 * @param threads threads of the run, at least 1
 */
public record Environment(
    String jdk, String djl, String engine, String kernel, String device, int threads) {

  /** Checks that no text is empty and that there is a thread. */
  public Environment {
    Checks.text("jdk", jdk);
    Checks.text("djl", djl);
    Checks.text("engine", engine);
    Checks.text("kernel", kernel);
    Checks.text("device", device);
    Checks.atLeast("threads", 1, threads);
  }
}
