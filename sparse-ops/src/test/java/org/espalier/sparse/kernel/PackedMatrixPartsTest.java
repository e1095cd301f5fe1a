package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.testing.SparseMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a product is shared out, and whatever the executor does: the bits are the same. */
class PackedMatrixPartsTest {

  private static final int ROWS = 65;
  private static final int COLUMNS = 63;
  private static final Csr A =
      Csr.ofDense(MatrixShapes.SPARSE.dense(3, ROWS, COLUMNS), ROWS, COLUMNS);

  private static float[] product(PackedMatrix matrix, int n, ExecutorService executor, int parts) {
    float[] y = new float[ROWS * n];
    Arrays.fill(y, Float.NaN);
    matrix.multiply(SparseMatrices.dense(n, COLUMNS, n, 0.2), n, y, epilogue(n), executor, parts);
    return y;
  }

  /** With a residual or without: sums that wait, or go straight to Y. */
  private static Epilogue epilogue(int n) {
    float[] bias = SparseMatrices.dense(1, ROWS, 1, 0);
    float[] residual = SparseMatrices.dense(2, ROWS, n, 0);
    return n % 2 == 0 ? new Epilogue(bias, residual, true) : new Epilogue(bias, true);
  }

  private static List<Layout> layouts() {
    List<Layout> layouts = new ArrayList<>();
    layouts.add(null);
    layouts.add(new Layout(RowGroups.Kind.BLOCKS4, 64, 1 << 16, true));
    for (RowGroups.Kind kind : RowGroups.Kind.values()) {
      // Narrow panels of one to three vectors are summed in different numbers of chains.
      layouts.add(new Layout(kind, 1, 1 << 16, false));
      layouts.add(new Layout(kind, 2, 1 << 16, true));
      layouts.add(new Layout(kind, 3, 20, true));
    }
    return layouts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "simd-128", "simd-256", "simd-512"})
  void theBitsDoNotDependOnTheParts(String choice) {
    SparseKernels kernels = KernelProvider.of(choice);
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      for (Layout layout : layouts()) {
        PackedMatrix matrix = PackedMatrix.of(A, new Packing(64, layout), kernels);
        for (int n : new int[] {1, 3, 66, 131, 300}) {
          float[] whole = product(matrix, n, executor, 1);
          for (int parts = 2; parts <= 4; parts++) {
            assertArrayEquals(whole, product(matrix, n, executor, parts), matrix + " " + n);
          }
        }
      }
      // More parts than chunks, panels and rows.
      PackedMatrix matrix = PackedMatrix.of(A, Packing.forColumns(3), kernels);
      float[] whole = product(matrix, 3, executor, 1);
      assertArrayEquals(whole, product(matrix, 3, executor, 1000));
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void oneMatrixServesFourThreads() throws InterruptedException, ExecutionException {
    int[] widths = {1, 7, 64, 131};
    for (Layout layout : layouts()) {
      PackedMatrix matrix = PackedMatrix.of(A, new Packing(64, layout));
      float[][] before = new float[4][];
      Arrays.setAll(before, i -> product(matrix, widths[i], null, 1));
      List<Callable<Void>> work = new ArrayList<>();
      for (int first = 0; first < 4; first++) {
        int shift = first;
        work.add(
            () -> {
              for (int round = 0; round < 20; round++) {
                int which = (round + shift) % 4;
                float[] y = product(matrix, widths[which], null, 1);
                assertArrayEquals(before[which], y, matrix.toString());
              }
              return null;
            });
      }
      ExecutorService executor = Executors.newFixedThreadPool(4);
      for (Future<Void> done : executor.invokeAll(work)) {
        done.get();
      }
      executor.shutdown();
    }
  }

  @Test
  void endsOnABusyARefusingAndItsOwnExecutor() throws InterruptedException, ExecutionException {
    PackedMatrix matrix = PackedMatrix.of(A, Packing.forColumns(131));
    float[] expected = product(matrix, 131, null, 1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch release = new CountDownLatch(1);
    executor.execute(() -> awaitUninterrupted(release));
    assertArrayEquals(expected, product(matrix, 131, executor, 4), "busy");
    release.countDown();
    assertArrayEquals(
        expected, executor.submit(() -> product(matrix, 131, executor, 3)).get(), "its own");
    executor.shutdown();
    assertArrayEquals(expected, product(matrix, 131, executor, 4), "closed");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An executor that fails after it has begun parts: they must not write to Y after the call. */
  @Test
  void anExecutorThatFailsLeavesNobodyWriting() {
    CountDownLatch begun = new CountDownLatch(1);
    int[] offered = {0};
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          public void execute(Runnable task) {
            if (offered[0]++ == 1) {
              awaitUninterrupted(begun);
              throw new UnsupportedOperationException("no more threads");
            }
            super.execute(task);
          }
        };
    int[] done = {0, 0, 0};
    assertThrows(
        UnsupportedOperationException.class,
        () ->
            Parts.run(
                3,
                executor,
                part -> {
                  begun.countDown();
                  long end = System.nanoTime() + 20_000_000;
                  while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                  }
                  done[part]++;
                }));
    assertEquals("[1, 1, 1]", Arrays.toString(done));
    executor.shutdown();
  }

  @Test
  void refusesPartsBelowOne() {
    PackedMatrix matrix = PackedMatrix.of(A, Packing.forColumns(3));
    for (int parts : new int[] {0, -1, Integer.MIN_VALUE}) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> product(matrix, 3, null, parts));
      assertTrue(error.getMessage().startsWith("parts must be at least 1"), error.getMessage());
    }
  }
}
