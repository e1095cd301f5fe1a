package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;

class SparseOpsTest {

  /** [ 0 2 ; -1 0 ] times [ 1 2 3 ; 4 5 6 ]. */
  private static final Csr A = Csr.ofDense(new float[] {0, 2, -1, 0}, 2, 2);

  private static final float[] X = {1, 2, 3, 4, 5, 6};

  @Test
  void multipliesByHandWorkedValues() {
    float[] y = new float[6];
    SparseOps.multiply(A, X, 3, y);
    assertArrayEquals(new float[] {8, 10, 12, -1, -2, -3}, y);
    SparseOps.multiply(A, X, 3, y, new float[] {-9, 2}, true);
    assertArrayEquals(new float[] {0, 1, 3, 1, 0, 0}, y);
    float[] one = new float[2];
    SparseOps.multiply(A, new float[] {3, 4}, 1, one, new float[] {0.5f, 0}, false);
    assertArrayEquals(new float[] {8.5f, -3}, one);
  }

  @Test
  void unstoredWeightsHideNaN() {
    float[] y = new float[2];
    SparseOps.multiply(A, new float[] {Float.NaN, 1}, 1, y);
    assertEquals(2f, y[0]);
    assertTrue(Float.isNaN(y[1]));
  }

  @Test
  void refusesWhatDoesNotFit() {
    float[] y = new float[6];
    assertRefused("n must be at least 1, found 0", () -> SparseOps.multiply(A, X, 0, y));
    assertRefused("x must be 2 x 2, found 6 values", () -> SparseOps.multiply(A, X, 2, y));
    assertRefused(
        "y must be 2 x 3, found 5 values", () -> SparseOps.multiply(A, X, 3, new float[5]));
    assertRefused(
        "bias must be 2 x 1, found 3 values",
        () -> SparseOps.multiply(A, X, 3, y, new float[3], false));
  }

  @Test
  void refusesSharedArrays() {
    String message = "y must not be an input of the same product";
    float[] x = X.clone();
    float[] two = new float[2];
    assertRefused(message, () -> SparseOps.multiply(A, x, 3, x));
    assertRefused(message, () -> SparseOps.multiply(A, new float[2], 1, two, two, false));
    assertRefused(message, () -> SparseOps.multiply(A, new float[2], 1, A.values()));
    Epilogue same = new Epilogue(null, two, false);
    assertRefused(message, () -> SparseOps.multiply(A, new float[2], 1, two, same, null, 1));
  }

  private static void assertRefused(String message, Runnable call) {
    Throwable error = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(message, error.getMessage());
  }

  @Test
  void partsGiveTheSameBitsAsTheWhole() {
    Csr a = SparseMatrices.withEmptyRows(4, 61, 200, 0.8);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      for (int n : new int[] {1, 5, 49, 100}) {
        float[] x = SparseMatrices.dense(6, 200, n, 0);
        float[] whole = new float[61 * n];
        SparseOps.multiply(a, x, n, whole);
        for (int parts : new int[] {1, 2, 3, 100}) {
          float[] y = new float[61 * n];
          Arrays.fill(y, Float.NaN);
          SparseOps.multiply(a, x, n, y, Epilogue.NONE, executor, parts);
          assertArrayEquals(whole, y);
        }
      }
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void partsEndOnABusyOrClosedExecutor() throws InterruptedException, ExecutionException {
    float[] y = new float[6];
    ExecutorService executor = Executors.newSingleThreadExecutor();
    // From its only thread: nobody else can take the second part.
    executor.submit(() -> SparseOps.multiply(A, X, 3, y, Epilogue.NONE, executor, 2)).get();
    assertArrayEquals(new float[] {8, 10, 12, -1, -2, -3}, y);
    executor.shutdown();
    Arrays.fill(y, Float.NaN);
    SparseOps.multiply(A, X, 3, y, Epilogue.NONE, executor, 2);
    assertArrayEquals(new float[] {8, 10, 12, -1, -2, -3}, y);
  }

  @Test
  void anInterruptIsKeptAndTheProductFinished() {
    float[] y = new float[6];
    ExecutorService executor = Executors.newSingleThreadExecutor();
    Thread.currentThread().interrupt();
    SparseOps.multiply(A, X, 3, y, Epilogue.NONE, executor, 2);
    assertTrue(Thread.interrupted());
    assertArrayEquals(new float[] {8, 10, 12, -1, -2, -3}, y);
    executor.shutdown();
  }

  @Test
  void damageInsideAPartReachesTheCaller() {
    Csr broken = Csr.ofDense(new float[] {0, 2, -1, 0}, 2, 2);
    broken.columnIndices()[0] = 1_000_000;
    ExecutorService executor = Executors.newSingleThreadExecutor();
    assertThrows(
        IllegalStateException.class,
        () -> SparseOps.multiply(broken, X, 3, new float[6], Epilogue.NONE, executor, 2));
    executor.shutdown();
  }
}
