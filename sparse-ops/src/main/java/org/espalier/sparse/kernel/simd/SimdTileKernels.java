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
  public void pack(Tile tile, int plane, int column, float[] to, int at) {
    if (tile.stride != 1) {
      scalar.pack(tile, plane, column, to, at);
      return;
    }
    int pitch = tile.pitch;
    if (pitch <= L) {
      packColumns(tile, plane, column, to, at);
      return;
    }
    for (int x = 0; x < pitch; x += L) {
      // The last vector lies further left where rows end inside it.
      int first = Math.min(x, pitch - L);
      packColumns(tile, plane, column + first, to, at + first);
    }
  }

  /** Copies a vector per slot. One longer than the pitch reaches into the next slot, then next. */
  private static void packColumns(Tile tile, int plane, int column, float[] to, int at) {
    float[] input = tile.input;
    int[] rows = tile.rows;
    int width = tile.width;
    int height = tile.height;
    int before = Math.max(0, Math.min(L, -column));
    int behind = Math.max(0, Math.min(L, column + L - width));
    IntVector keep =
        IntVector.fromArray(BITS, KEEP, L - before)
            .and(IntVector.fromArray(BITS, KEEP, L + behind));
    int last = input.length - L;
    int slotAt = at;
    for (int slot = 0; slot < rows.length; slot++, slotAt += tile.pitch) {
      int row = tile.firstRow + rows[slot];
      int from = plane + row * width + column;
      if (row < 0 || row >= height) {
        FloatVector.zero(S).intoArray(to, slotAt);
      } else if (from >= 0 && from <= last) {
        FloatVector.fromArray(S, input, from)
            .reinterpretAsInts()
            .and(keep)
            .reinterpretAsFloats()
            .intoArray(to, slotAt);
      } else {
        for (int x = 0; x < L; x++) {
          to[slotAt + x] = x >= before && x < L - behind ? input[from + x] : 0f;
        }
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
        continue;
      }
      for (int line = 0; line < tile.tileRows; line++) {
        finishLine(tile, from, source, target, bias, epilogue);
        source += tile.pitch;
        target += tile.outWidth;
      }
    }
  }

  private static void finishLine(
      Tile tile, float[] from, int source, int target, float bias, Epilogue epilogue) {
    float[] output = tile.output;
    float[] residual = epilogue.residual();
    boolean relu = epilogue.relu();
    FloatVector zero = FloatVector.zero(S);
    int whole = tile.tileWidth - L;
    for (int next = 0; next < tile.tileWidth; next += L) {
      int x = Math.min(next, whole);
      FloatVector sum = FloatVector.fromArray(S, from, source + x).add(bias);
      if (residual != null) {
        sum = sum.add(FloatVector.fromArray(S, residual, target + x));
      }
      if (relu) {
        sum = sum.max(zero);
      }
      sum.intoArray(output, target + x);
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
