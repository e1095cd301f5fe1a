package org.espalier.sparse.kernel.simd;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.sparse.kernel.Epilogue;
import org.espalier.sparse.kernel.Tile;
import org.espalier.sparse.kernel.TileKernels;

/** Packs and finishes the tiles of convolutions with vectors. */
public final class SimdTileKernels implements TileKernels {

  private static final VectorSpecies<Float> S = Lanes.species(MethodHandles.lookup());
  private static final int L = S.length();
  private static final VectorSpecies<Integer> BITS = VectorSpecies.of(int.class, S.vectorShape());

  /** No bits, all bits, no bits: a window on it keeps the lanes that lie in the image. */
  private static final int[] KEEP = new int[3 * L];

  static {
    Arrays.fill(KEEP, L, 2 * L, -1);
  }

  private final TileKernels scalar;

  /**
   * Kernels of a width.
   *
   * @param scalar takes steps that vectors do not
   */
  public SimdTileKernels(TileKernels scalar) {
    this.scalar = scalar;
  }

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public void pack(Tile tile, int begin, int end, float[] to, int at) {
    if (tile.stride != 1) {
      scalar.pack(tile, begin, end, to, at);
      return;
    }
    // The last vector lies further left where rows end inside it.
    int last = Math.max(0, tile.pitch - L);
    int most = tile.input.length - (tile.height - 1) * tile.width - L;
    int planeAt = at;
    for (int p = begin; p < end; p++) {
      int plane = tile.plane + tile.planes[p];
      for (int next = 0; next < tile.pitch; next += L) {
        int x = Math.min(next, last);
        int column = tile.column + tile.columns[p] + x;
        int from = plane + column;
        if (from >= 0 && from <= most) {
          packColumns(tile, from, column, to, planeAt + x);
        } else {
          packEdge(tile, from, column, to, planeAt + x);
        }
      }
      planeAt += tile.planeFloats;
    }
  }

  /**
   * Copies a vector per slot. One longer than the pitch reaches into the next slot, then next.
   *
   * @param from where the column is in row 0 of the plane
   */
  private static void packColumns(Tile tile, int from, int column, float[] to, int at) {
    float[] input = tile.input;
    int[] rows = tile.rows;
    int width = tile.width;
    int height = tile.height;
    int pitch = tile.pitch;
    int firstRow = tile.firstRow;
    IntVector keep = keep(column, width);
    FloatVector zero = FloatVector.zero(S);
    int slotAt = at;
    for (int slot = 0; slot < rows.length; slot++) {
      int row = firstRow + rows[slot];
      if (row < 0 || row >= height) {
        zero.intoArray(to, slotAt);
      } else {
        FloatVector.fromArray(S, input, from + row * width)
            .reinterpretAsInts()
            .and(keep)
            .reinterpretAsFloats()
            .intoArray(to, slotAt);
      }
      slotAt += pitch;
    }
  }

  private static IntVector keep(int column, int width) {
    int before = Math.max(0, Math.min(L, -column));
    int behind = Math.max(0, Math.min(L, column + L - width));
    return IntVector.fromArray(BITS, KEEP, L - before)
        .and(IntVector.fromArray(BITS, KEEP, L + behind));
  }

  /** As {@link #packColumns}, where a vector could leave the array of images. */
  private static void packEdge(Tile tile, int from, int column, float[] to, int at) {
    for (int slot = 0; slot < tile.rows.length; slot++) {
      int row = tile.firstRow + tile.rows[slot];
      boolean inside = row >= 0 && row < tile.height;
      int slotAt = at + slot * tile.pitch;
      for (int x = 0; x < L; x++) {
        boolean kept = inside && column + x >= 0 && column + x < tile.width;
        to[slotAt + x] = kept ? tile.input[from + row * tile.width + x] : 0f;
      }
    }
  }

  @Override
  public void finish(Tile tile, float[] from, int at, Epilogue epilogue) {
    for (int row = tile.beginRow; row < tile.endRow; row++) {
      int source = at + (row - tile.beginRow) * tile.sumStride;
      int target = tile.outputBase + row * tile.outPlane;
      float bias = epilogue.biasOf(tile.firstChannel + row);
      if (tile.tileWidth < L) {
        finishNarrow(tile, from, source, target, bias, epilogue);
      } else {
        finishWide(tile, from, source, target, bias, epilogue);
      }
    }
  }

  /** Rows of at least a vector, the last of which lies further left where they end inside it. */
  private static void finishWide(
      Tile tile, float[] from, int source, int target, float bias, Epilogue epilogue) {
    float[] output = tile.output;
    float[] residual = epilogue.residual();
    boolean relu = epilogue.relu();
    int width = tile.tileWidth;
    int last = width - L;
    int lines = tile.tileRows;
    FloatVector zero = FloatVector.zero(S);
    FloatVector biases = FloatVector.broadcast(S, bias);
    int sourceAt = source;
    int targetAt = target;
    for (int line = 0; line < lines; line++) {
      for (int next = 0; next < width; next += L) {
        int x = Math.min(next, last);
        FloatVector sum = FloatVector.fromArray(S, from, sourceAt + x).add(biases);
        if (residual != null) {
          sum = sum.add(FloatVector.fromArray(S, residual, targetAt + x));
        }
        if (relu) {
          sum = sum.max(zero);
        }
        sum.intoArray(output, targetAt + x);
      }
      sourceAt += tile.pitch;
      targetAt += tile.outWidth;
    }
  }

  /**
   * Rows shorter than a vector: each vector reaches into the rows after it, which then overwrite
   * what is theirs; where it would leave the tile, pixels go one by one.
   */
  private static void finishNarrow(
      Tile tile, float[] from, int source, int target, float bias, Epilogue epilogue) {
    float[] output = tile.output;
    float[] residual = epilogue.residual();
    boolean relu = epilogue.relu();
    FloatVector zero = FloatVector.zero(S);
    int end = target + (tile.tileRows - 1) * tile.outWidth + tile.tileWidth;
    for (int line = 0; line < tile.tileRows; line++) {
      if (target + L <= end) {
        FloatVector sum = FloatVector.fromArray(S, from, source).add(bias);
        if (residual != null) {
          sum = sum.add(FloatVector.fromArray(S, residual, target));
        }
        if (relu) {
          sum = sum.max(zero);
        }
        sum.intoArray(output, target);
      } else {
        for (int x = 0; x < tile.tileWidth; x++) {
          float sum = from[source + x] + bias + (residual == null ? 0f : residual[target + x]);
          output[target + x] = relu ? Math.max(sum, 0f) : sum;
        }
      }
      source += tile.pitch;
      target += tile.outWidth;
    }
  }
}
