package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;

/**
 * Compiled products allocate no arrays and no vectors: at most a few records that the compiler does
 * not always remove.
 */
class AllocationTest {

  /**
   * In a JVM of its own: JDK 17 keeps vectors as objects where one JVM has run several widths, as
   * the tests do and nobody else.
   */
  @Test
  void productsAllocateNextToNothing() throws IOException, InterruptedException {
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                AllocationProbe.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(probe.waitFor(100, TimeUnit.SECONDS));
    assertEquals(0, probe.exitValue());
  }

  /** A task for each part, and what belongs to it; the busy executor leaves all to this thread. */
  @Test
  void partsAllocateAFewObjectsEach() {
    Layout layout = new Layout(RowGroups.Kind.GROUPS1, 8, 65536, true);
    PackedMatrix matrix =
        PackedMatrix.of(
            AllocationProbe.A,
            new Packing(AllocationProbe.SIZE, layout),
            KernelProvider.of("scalar"));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch release = new CountDownLatch(1);
    executor.submit(
        () -> {
          release.await();
          return null;
        });
    float[] x = SparseMatrices.dense(1, AllocationProbe.SIZE, 49, 0);
    float[] y = new float[AllocationProbe.SIZE * 49];
    long bytes =
        AllocationProbe.bytesOf(() -> matrix.multiply(x, 49, y, Epilogue.NONE, executor, 4));
    release.countDown();
    executor.shutdown();
    assertTrue(bytes <= 4 * AllocationProbe.MOST_BYTES, "4 parts allocate " + bytes + " bytes");
  }
}
