package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compiled products allocate no arrays and no vectors: at most a few records that the compiler does
 * not always remove. Before the JVM has compiled them, vectors are objects; the test goes on until
 * then.
 */
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SIZE = 48;
  private static final Csr A = Csr.ofDense(MatrixShapes.SPARSE.dense(1, SIZE, SIZE), SIZE, SIZE);

  /** Padded, one panel, several panels: n changes from call to call, as in a network. */
  private static final int[] WIDTHS = {3, 49, 150};

  private static final int CALLS = 20;

  /** Operands, ranges of rows, at most 32 bytes each; vectors as objects would be thousands. */
  private static final long MOST_BYTES = 400;

  private static final long DEADLINE = Duration.ofSeconds(60).toNanos();

  @ParameterizedTest
  @CsvSource({
    "scalar, GROUPS2, 30, true, true",
    "simd, GROUPS1, 30, true, true",
    "simd, BLOCKS4, 65536, false, false"
  })
  void productsAllocateNextToNothing(
      String choice, RowGroups.Kind kind, int depth, boolean packed, boolean residual) {
    Layout layout = new Layout(kind, 8, depth, packed);
    PackedMatrix matrix =
        PackedMatrix.of(A, new Packing(SIZE, layout), KernelProvider.of(choice));
    float[][] x = new float[WIDTHS.length][];
    float[][] y = new float[WIDTHS.length][];
    Epilogue[] epilogues = new Epilogue[WIDTHS.length];
    float[] bias = SparseMatrices.dense(1, SIZE, 1, 0);
    for (int i = 0; i < WIDTHS.length; i++) {
      x[i] = SparseMatrices.dense(i, SIZE, WIDTHS[i], 0);
      y[i] = new float[SIZE * WIDTHS[i]];
      epilogues[i] = new Epilogue(bias, residual ? y[i].clone() : null, true);
    }
    long begin = System.nanoTime();
    long bytes;
    do {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < CALLS; call++) {
        for (int i = 0; i < WIDTHS.length; i++) {
          matrix.multiply(x[i], WIDTHS[i], y[i], epilogues[i]);
        }
      }
      bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / (CALLS * WIDTHS.length);
    } while (bytes > MOST_BYTES && System.nanoTime() - begin < DEADLINE);
    assertTrue(bytes <= MOST_BYTES, matrix + " allocates " + bytes + " bytes a call");
  }

  /** A task for each part, and what belongs to it; the busy executor leaves all to this thread. */
  @Test
  void partsAllocateAFewObjectsEach() {
    Layout layout = new Layout(RowGroups.Kind.GROUPS1, 8, 65536, true);
    PackedMatrix matrix =
        PackedMatrix.of(A, new Packing(SIZE, layout), KernelProvider.of("scalar"));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch release = new CountDownLatch(1);
    executor.submit(
        () -> {
          release.await();
          return null;
        });
    float[] x = SparseMatrices.dense(1, SIZE, 49, 0);
    float[] y = new float[SIZE * 49];
    matrix.multiply(x, 49, y, Epilogue.NONE, executor, 4);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int call = 0; call < CALLS; call++) {
      matrix.multiply(x, 49, y, Epilogue.NONE, executor, 4);
    }
    long bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS;
    release.countDown();
    executor.shutdown();
    assertTrue(bytes <= 4 * MOST_BYTES, "4 parts allocate " + bytes + " bytes");
  }
}
