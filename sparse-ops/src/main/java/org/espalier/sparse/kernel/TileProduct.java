package org.espalier.sparse.kernel;

import java.util.List;

/**
 * A convolution by tiles: for a tile of output pixels, the planes that its taps see are packed a
 * block at a time into a buffer that stays in the first-level cache, and multiplied with the
 * weights of all output channels while they are there; sums wait in a second buffer. This is the
 * product of {@link PanelProduct} with a matrix of patches of which never more than a block exists,
 * and that block without the repetitions along the height.
 *
 * @param shape the sizes
 * @param grid tiles of the output
 * @param rows packed rows of a plane
 * @param slots how many there are, filled up so that planes begin at whole vectors
 * @param groups the weights of each group
 */
record TileProduct(
    ConvolutionShape shape, TileGrid grid, TapRows rows, int slots, List<TapPlanes> groups)
    implements ConvolutionProduct {

  /** The sums of this many floats (512 KiB) stay in the second-level cache. */
  private static final int SUMS = 1 << 17;

  /** With fewer tiles per part, output channels are shared more evenly. */
  private static final int TILES_PER_PART = 4;

  /**
   * Computes one part of the output. Parts share the tiles of all images if there are enough, else
   * the output channels: then each packs for itself.
   */
  @Override
  public void run(ConvolutionKernels kernels, int batch, Operands operands, int part, int parts) {
    Workspace workspace = Workspace.ofThread();
    Tile tile = workspace.tile;
    prepare(tile, operands);
    long units = (long) batch * groups.size() * grid.tiles();
    boolean byTiles = units % parts == 0 || units >= (long) TILES_PER_PART * parts;
    long begin = byTiles ? units * part / parts : 0;
    long end = byTiles ? units * (part + 1) / parts : units;
    for (long unit = begin; unit < end; unit++) {
      int index = (int) (unit % grid.tiles());
      int group = (int) (unit / grid.tiles() % groups.size());
      int image = (int) (unit / grid.tiles() / groups.size());
      TapPlanes planes = groups.get(group);
      int chunks = planes.groups().chunks();
      int first = byTiles ? 0 : planes.firstChunk(part, parts);
      int last = byTiles ? chunks : planes.firstChunk(part + 1, parts);
      place(tile, index, group, image);
      tile.plane = image * shape.inputLength() + group * channels() * tile.height * tile.width;
      tile.planes = planes.origins();
      tile.columns = planes.offsets();
      tile.column = grid.firstColumn(index) * tile.stride - shape.horizontal().padding();
      while (first < last) {
        first = product(kernels, planes, first, last, operands.epilogue(), workspace);
      }
    }
    tile.release();
    workspace.release();
  }

  private int channels() {
    return shape.inChannels() / shape.groups();
  }

  private void prepare(Tile tile, Operands operands) {
    tile.input = operands.x();
    tile.output = operands.y();
    tile.width = shape.inWidth();
    tile.height = shape.inHeight();
    tile.stride = shape.horizontal().stride();
    tile.rows = rows.rows();
    tile.pitch = grid.pitch();
    tile.planeFloats = slots * grid.pitch();
    tile.outWidth = grid.outWidth();
    tile.outPlane = grid.outHeight() * grid.outWidth();
    tile.tileWidth = grid.width();
  }

  private void place(Tile tile, int index, int group, int image) {
    int first = grid.firstRow(index);
    tile.tileRows = grid.endRow(index) - first;
    tile.firstRow = first * shape.vertical().stride() - shape.vertical().padding();
    tile.firstChannel = group * (shape.outChannels() / shape.groups());
    tile.outputBase =
        image * shape.outputLength()
            + tile.firstChannel * tile.outPlane
            + first * grid.outWidth()
            + grid.firstColumn(index);
  }

  /**
   * Computes as many output channels as have room for their sums.
   *
   * @param begin first chunk of rows of the weights
   * @param most one past the last chunk wanted
   * @return one past the last chunk computed
   */
  private int product(
      ConvolutionKernels kernels,
      TapPlanes planes,
      int begin,
      int most,
      Epilogue epilogue,
      Workspace workspace) {
    RowGroups weights = planes.groups();
    Tile tile = workspace.tile;
    int lanes = kernels.tiles().lanes();
    int vectors = grid.vectors(tile.tileRows, lanes);
    int width = vectors * lanes;
    int first = weights.chunkRow(begin);
    int next = begin + 1;
    while (next < most && (long) (weights.chunkRow(next + 1) - first) * width <= SUMS) {
      next++;
    }
    tile.beginRow = first;
    tile.endRow = weights.chunkRow(next);
    tile.sumStride = width;
    // Sums begin on a cache line; a vector of slack lies behind the planes, and behind the sums.
    int packed = planes.planesPerBlock() * slots * grid.pitch() + lanes + 63 & -64;
    int sums = Workspace.BASE + packed;
    float[] buffer = workspace.floats(packed + (tile.endRow - first) * width + lanes);
    Pass pass = pass(workspace.pass, buffer, sums - first * width, width, lanes);
    GroupKernel loops = kernels.panels().groups(weights.kind());
    for (int b = 0; b < weights.blocks().size(); b++) {
      int plane = b * planes.planesPerBlock();
      int end = Math.min(planes.count(), plane + planes.planesPerBlock());
      kernels.tiles().pack(tile, plane, end, buffer, Workspace.BASE);
      pass.resume = b > 0;
      loops.run(
          weights.blocks().get(b),
          weights.chunkGroup(begin),
          weights.chunkGroup(next),
          vectors,
          pass);
    }
    kernels.tiles().finish(tile, buffer, sums, epilogue);
    return next;
  }

  private Pass pass(Pass pass, float[] buffer, int yBase, int width, int lanes) {
    pass.x = buffer;
    pass.contiguous = true;
    pass.xBase = Workspace.BASE;
    pass.xStride = grid.pitch();
    pass.xTail = width - lanes;
    pass.sums = buffer;
    pass.sumsBase = yBase;
    pass.y = buffer;
    pass.yBase = yBase;
    pass.yStride = width;
    pass.yTail = width - lanes;
    pass.bias = null;
    pass.relu = false;
    return pass;
  }
}
