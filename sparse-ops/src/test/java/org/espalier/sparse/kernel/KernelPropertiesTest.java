package org.espalier.sparse.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.format.SparseMatrix;
import org.espalier.sparse.testing.ExactProduct;
import org.espalier.sparse.testing.SparseMatrices;

/** Whatever a caller passes: refused with Y untouched, or the right product. */
class KernelPropertiesTest {

  /** Less than the square root of 2^31, so that a square fits an int. */
  private static final int SQUARES = 30_000;

  private static final List<SparseKernels> KERNELS =
      List.of("scalar", "simd-128", "simd-256", "simd-512").stream()
          .map(KernelProvider::of)
          .toList();

  /** The arguments of a call; mostly right, some wrong in length, null or shared. */
  private static final class Call {

    private final SplittableRandom random;
    private final int rows;
    private final int columns;
    private final int n;
    private final int parts;
    private final float[] dense;
    private final float[] x;
    private final float[] y;
    private final Epilogue epilogue;
    private boolean sound = true;

    Call(long seed) {
      random = new SplittableRandom(seed);
      rows = random.nextInt(9);
      columns = random.nextInt(9);
      n = odd() ? wrong(-random.nextInt(3)) : 1 + random.nextInt(40);
      parts = odd() ? wrong(-random.nextInt(3)) : 1 + random.nextInt(4);
      dense = SparseMatrices.dense(seed, rows, columns, 0.5);
      x = array((long) columns * n);
      float[] fresh = array((long) rows * n);
      float[] bias = random.nextBoolean() ? null : array(rows);
      float[] residual = random.nextBoolean() ? null : array((long) rows * n);
      float[] shared = random.nextInt(4) == 0 ? shared(bias, residual) : null;
      y = shared == null ? fresh : shared;
      sound &= x != null && y != null;
      epilogue = new Epilogue(bias, residual, random.nextBoolean());
    }

    private boolean odd() {
      return random.nextInt(12) == 0;
    }

    private int wrong(int value) {
      sound = false;
      return value;
    }

    private float[] shared(float[] bias, float[] residual) {
      float[][] inputs = {x, bias, residual};
      float[] chosen = inputs[random.nextInt(3)];
      sound &= chosen == null;
      return chosen;
    }

    /** Returns values in an array that is sometimes a bit too long or too short. */
    private float[] array(long length) {
      int right = (int) Math.max(0, length);
      int found = odd() ? Math.max(0, right + 1 - 2 * random.nextInt(2)) : right;
      sound &= found == right;
      return SparseMatrices.dense(random.nextLong(), found, 1, 0);
    }

    Csr matrix() {
      return Csr.ofDense(dense, rows, columns);
    }

    void check(Runnable product) {
      float[] before = y.clone();
      if (sound) {
        float[] input = x.clone();
        Arrays.fill(y, Float.NaN);
        product.run();
        double error = new ExactProduct(dense, rows, columns, x, n).error(y, epilogue);
        assertTrue(error <= 1, () -> "off by " + error);
        assertArrayEquals(input, x);
      } else {
        assertThrows(IllegalArgumentException.class, product::run);
        assertArrayEquals(before, y, "written although refused");
      }
    }
  }

  @Property(tries = 1500, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void packedMatricesRefuseOrMultiply(@ForAll long seed) {
    Call call = new Call(seed);
    SparseKernels kernels = KERNELS.get(Math.floorMod(seed, 4));
    Packing packing = Packing.forColumns(call.random.nextBoolean() ? 1 : 30);
    PackedMatrix matrix = PackedMatrix.of(call.matrix(), packing, kernels);
    call.check(
        () -> matrix.multiply(call.x, call.n, call.y, call.epilogue, new NoThreads(), call.parts));
  }

  @Property(tries = 1500, seed = "2", edgeCases = EdgeCasesMode.NONE)
  void sparseOpsRefuseOrMultiply(@ForAll long seed) {
    Call call = new Call(seed);
    Csr matrix = call.matrix();
    call.check(
        () ->
            SparseOps.multiply(
                matrix, call.x, call.n, call.y, call.epilogue, new NoThreads(), call.parts));
  }

  @Property
  void nullsAreRefused(@ForAll @IntRange(min = 0, max = 4) int which) {
    Csr a = Csr.ofDense(new float[] {1, 2}, 1, 2);
    PackedMatrix matrix = PackedMatrix.of(a, Packing.forColumns(2));
    float[] x = which == 0 ? null : new float[4];
    float[] y = which == 1 ? null : new float[] {7, 7};
    Epilogue epilogue = which == 2 ? null : Epilogue.NONE;
    assertThrows(
        NullPointerException.class,
        () -> {
          switch (which) {
            case 3 -> PackedMatrix.of((SparseMatrix) null, Packing.forColumns(2));
            case 4 -> PackedMatrix.of(a, null);
            default -> matrix.multiply(x, 2, y, epilogue, null, 2);
          }
        });
    assertTrue(y == null || y[0] == 7 && y[1] == 7);
  }

  /** Arrays of chance: refused by the factory, or a matrix that is multiplied as it stands. */
  @Property(tries = 3000, seed = "4", edgeCases = EdgeCasesMode.NONE)
  void foreignArraysAreRefusedOrMultiplied(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = random.nextInt(4);
    int columns = random.nextInt(5);
    int stored = random.nextInt(5);
    int[] pointers = random.ints(rows + 1, 0, stored + 1).sorted().toArray();
    pointers[0] = random.nextInt(8) == 0 ? 1 : 0;
    pointers[rows] = random.nextInt(8) == 0 ? stored + 1 : stored;
    int[] indices = random.ints(stored, -1 + random.nextInt(2), columns + 1).toArray();
    Arrays.sort(indices);
    Csr a;
    try {
      a = Csr.of(rows, columns, pointers, indices, SparseMatrices.dense(seed, stored, 1, 0));
    } catch (InvalidInputException refused) {
      return;
    }
    float[] x = SparseMatrices.dense(seed, columns, 5, 0);
    float[] y = new float[rows * 5];
    PackedMatrix.of(a, Packing.forColumns(5)).multiply(x, 5, y);
    assertTrue(new ExactProduct(a.toDense(), rows, columns, x, 5).error(y, Epilogue.NONE) <= 1);
  }

  /** Written into after the check: an exception or nonsense in Y, and nothing else is touched. */
  @Property(tries = 1000, seed = "5", edgeCases = EdgeCasesMode.NONE)
  void damagedMatricesDoNoHarm(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Csr a = Csr.ofDense(SparseMatrices.dense(seed, 6, 9, 0.3), 6, 9);
    int[] damaged = random.nextBoolean() ? a.columnIndices() : a.rowPointers();
    int[] values = {-1, -2, 9, 10, 100, 1 << 20, 1 << 27, Integer.MAX_VALUE, Integer.MIN_VALUE};
    damaged[random.nextInt(damaged.length)] = values[random.nextInt(values.length)];
    int n = random.nextBoolean() ? 1 : 1 + random.nextInt(40);
    float[] x = SparseMatrices.dense(seed, 9, n, 0);
    float[] input = x.clone();
    float[] weights = a.values().clone();
    float[] y = new float[6 * n];
    SparseKernels kernels = KERNELS.get(Math.floorMod(seed, 4));
    try {
      SparseOps.run(kernels, a, RowRange.all(a), new Operands(x, n, y, Epilogue.NONE));
    } catch (IndexOutOfBoundsException e) {
      Arrays.fill(y, Float.NaN); // nothing else is thrown
    }
    assertArrayEquals(input, x);
    assertArrayEquals(weights, a.values());
    // The next product of this thread is right again.
    Csr sound = Csr.ofDense(SparseMatrices.dense(seed, 6, 9, 0.3), 6, 9);
    SparseOps.run(kernels, sound, RowRange.all(sound), new Operands(x, n, y, Epilogue.NONE));
    assertTrue(new ExactProduct(sound.toDense(), 6, 9, x, n).error(y, Epilogue.NONE) <= 1);
  }

  @Property(tries = 2000, seed = "6")
  void packingsAndLayoutsAreSoundOrRefused(
      @ForAll int columns, @ForAll int widest, @ForAll int depth, @ForAll boolean packed) {
    if (widest < 1 || depth < 1) {
      assertThrows(
          InvalidInputException.class,
          () -> new Layout(RowGroups.Kind.GROUPS1, widest, depth, packed));
    } else if (columns < 1) {
      assertThrows(InvalidInputException.class, () -> Packing.forColumns(columns));
    } else {
      Layout layout = new Layout(RowGroups.Kind.GROUPS2, widest, depth, packed);
      Csr a = Csr.ofDense(new float[] {1, 0, 2, 3, 0, 4}, 3, 2);
      for (SparseKernels kernels : KERNELS) {
        for (Layout used : new Layout[] {null, layout}) {
          PackedMatrix matrix = PackedMatrix.of(a, new Packing(columns, used), kernels);
          float[] y = new float[9];
          matrix.multiply(new float[] {1, 2, 3, 10, 20, 30}, 3, y);
          assertArrayEquals(new float[] {1, 2, 3, 32, 64, 96, 40, 80, 120}, y);
        }
      }
    }
  }

  @Property(tries = 500, seed = "7")
  void maskWordsAndBuffersFitOrAreRefused(
      @ForAll @IntRange(min = -70, max = 200) int count,
      @ForAll @IntRange(min = 0, max = 4) int words,
      @ForAll @IntRange(min = 0, max = 900) int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    while (buffer.hasRemaining()) {
      buffer.put((byte) 1);
    }
    boolean fits = count >= 0 && (count + 63) / 64 == words && 4 * count <= bytes;
    if (fits) {
      SparseOps.zeroPruned(new long[words], count, buffer);
      for (int i = 0; i < bytes; i++) {
        assertEquals(i < 4 * count ? 0 : 1, buffer.get(i));
      }
    } else {
      assertThrows(
          IllegalArgumentException.class,
          () -> SparseOps.zeroPruned(new long[words], count, buffer));
    }
  }

  /** Sizes that no int holds are refused; all others are what arithmetic without limits says. */
  @Property(tries = 1000, seed = "8")
  void convolutionsAreExactOrRefused(
      @ForAll @IntRange(min = 1) int kernel,
      @ForAll @IntRange(min = 1) int stride,
      @ForAll @IntRange(min = 0) int padding,
      @ForAll @IntRange(min = 1) int extent) {
    long positions = Math.max(0, (extent + 2L * padding - kernel) / stride + 1);
    if (kernel > extent + 2L * padding) {
      positions = 0;
    }
    boolean small = kernel <= Window.LARGEST_KERNEL && extent + 2L * padding <= SQUARES;
    ConvolutionShape shape;
    try {
      Window window = new Window(kernel, stride, padding);
      shape = new ConvolutionShape(1, extent, extent, 1, window, window, 1);
    } catch (InvalidInputException e) {
      assertFalse(small && positions > 0);
      return;
    }
    assertEquals(positions, shape.outHeight());
    assertEquals(positions * positions, shape.outputLength());
    assertEquals((long) extent * extent, shape.inputLength());
    assertEquals((long) kernel * kernel, shape.weightColumns());
  }
}
