package org.espalier.examples.cli;

import org.espalier.sparse.InvalidInputException;

/** Turns a heap that is too small for a file into a message that says what to do. */
final class HeapGuard {

  private HeapGuard() {}

  /**
   * Runs a job.
   *
   * @param place the option that names the file
   * @throws InvalidInputException if the heap runs full
   */
  static void run(String place, Runnable job) {
    try {
      job.run();
    } catch (OutOfMemoryError e) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      throw new InvalidInputException(
          place,
          "tensors that fit the Java heap of " + megabytes + " MB with what is computed from them",
          "more",
          "set ESPALIER_JAVA_OPTIONS=-Xmx" + 2 * megabytes + "m, or split the file",
          e);
    }
  }
}
