package org.espalier.sparse.kernel;

import java.util.Arrays;

/** The scalar twin of the tile kernels. */
final class ScalarTileKernels implements TileKernels {

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void pack(Tile tile, int begin, int end, float[] to, int at) {
    for (int p = begin; p < end; p++) {
      int column = tile.column + tile.columns[p];
      int planeAt = at + (p - begin) * tile.planeFloats;
      packPlane(tile, tile.plane + tile.planes[p], column, to, planeAt);
    }
  }

  private static void packPlane(Tile tile, int plane, int column, float[] to, int at) {
    int stride = tile.stride;
    // Pixel x of the row is column + x * stride of the image: from begin to end it is inside.
    int begin = Math.min(tile.pitch, column >= 0 ? 0 : (stride - 1 - column) / stride);
    int inside = column >= tile.width ? 0 : (tile.width - 1 - column) / stride + 1;
    int end = Math.max(begin, Math.min(tile.pitch, inside));
    for (int slot = 0; slot < tile.rows.length; slot++) {
      int row = tile.firstRow + tile.rows[slot];
      int slotAt = at + slot * tile.pitch;
      if (row < 0 || row >= tile.height) {
        Arrays.fill(to, slotAt, slotAt + tile.pitch, 0f);
        continue;
      }
      int from = plane + row * tile.width + column;
      Arrays.fill(to, slotAt, slotAt + begin, 0f);
      for (int x = begin; x < end; x++) {
        to[slotAt + x] = tile.input[from + x * stride];
      }
      Arrays.fill(to, slotAt + end, slotAt + tile.pitch, 0f);
    }
  }

  @Override
  public void finish(Tile tile, float[] from, int at, Epilogue epilogue) {
    float[] residual = epilogue.residual();
    for (int row = tile.beginRow; row < tile.endRow; row++) {
      float bias = epilogue.biasOf(tile.firstChannel + row);
      for (int line = 0; line < tile.tileRows; line++) {
        int source = at + (row - tile.beginRow) * tile.sumStride + line * tile.pitch;
        int target = tile.outputBase + row * tile.outPlane + line * tile.outWidth;
        for (int x = 0; x < tile.tileWidth; x++) {
          float sum = from[source + x] + bias + (residual == null ? 0f : residual[target + x]);
          tile.output[target + x] = epilogue.relu() ? Math.max(sum, 0f) : sum;
        }
      }
    }
  }
}
