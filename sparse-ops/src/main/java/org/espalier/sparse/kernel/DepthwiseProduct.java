package org.espalier.sparse.kernel;

import java.util.Arrays;
import org.espalier.sparse.format.Csr;

/**
 * A convolution whose output channels see one input channel each. There is little to do with a
 * plane once it is packed, so it is packed once for all taps, with its padding: tap (i, j) begins
 * at a constant offset for all output pixels, which run on over the few columns of padding between
 * two rows. With a stride along the width, columns are first split by their remainder.
 *
 * @param shape the sizes
 * @param down pieces of an output channel, of nearly equal height
 * @param rows packed rows of a piece
 * @param pitch floats of a packed row, and of a row of sums
 * @param phases the remainders of the columns, in the order in which they are packed
 * @param origins as many zeros: all are columns of the same plane
 * @param weights X is the packed piece, as one column
 * @param groupOf where each output channel stands in the weights
 */
record DepthwiseProduct(
    ConvolutionShape shape,
    int down,
    TapRows rows,
    int pitch,
    int[] phases,
    int[] origins,
    RowGroups weights,
    int[] groupOf)
    implements ConvolutionProduct {

  /** A packed piece and its sums together fit the first-level cache: half of it, 16 KiB. */
  private static final int PIECE_FLOATS = 4 << 10;

  /** Returns the product, or null if a row of the image is too long for it. */
  static DepthwiseProduct of(Csr matrix, ConvolutionShape shape) {
    Window window = shape.horizontal();
    int stride = window.stride();
    int[] phases =
        java.util.stream.IntStream.range(0, window.kernel())
            .map(tap -> tap * window.dilation() % stride)
            .distinct()
            .toArray();
    long pitch = shape.outWidth() + (window.extent() - 1) / stride;
    long most = Math.max(1, PIECE_FLOATS / (pitch * phases.length));
    int down = (int) ((shape.outHeight() + most - 1) / most);
    int height = (shape.outHeight() + down - 1) / down;
    TapRows rows = TapRows.of(shape.vertical(), height);
    long packed = pitch * rows.slots() * phases.length;
    if (packed > RowGroupsBuilder.DEEPEST) {
      return null;
    }
    int[] columns = new int[matrix.nonZeros()];
    for (int i = 0; i < columns.length; i++) {
      int column = matrix.columnIndices()[i];
      int tap = column % window.kernel() * window.dilation();
      int slot = rows.slotOfTap()[column / window.kernel()];
      int phase = 0;
      while (phases[phase] != tap % stride) {
        phase++;
      }
      columns[i] = (int) ((phase * rows.slots() + slot) * pitch + tap / stride);
    }
    Csr moved = TapPlanes.moved(matrix, (int) packed, columns);
    RowGroups weights =
        RowGroupsBuilder.build(moved, RowGroups.Kind.GROUPS1, RowGroupsBuilder.DEEPEST, null);
    int[] rowOfGroup = weights.blocks().get(0).rows();
    int[] groupOf = new int[matrix.rows()];
    Arrays.setAll(groupOf, i -> i);
    for (int group = 0; group < rowOfGroup.length; group++) {
      groupOf[rowOfGroup[group]] = group;
    }
    return new DepthwiseProduct(
        shape, down, rows, (int) pitch, phases, new int[phases.length], weights, groupOf);
  }

  /** Computes one part of the output. Parts share the pieces of all input channels. */
  @Override
  public void run(ConvolutionKernels kernels, int batch, Operands operands, int part, int parts) {
    Workspace workspace = Workspace.ofThread();
    Tile tile = workspace.tile;
    prepare(tile, operands);
    int lanes = kernels.tiles().lanes();
    int slack = pitch + lanes;
    int packed = phases.length * rows.slots() * pitch + slack + 63 & -64;
    int height = (shape.outHeight() + down - 1) / down;
    float[] buffer = workspace.floats(packed + height * pitch + slack);
    long units = (long) batch * shape.inChannels() * down;
    long end = units * (part + 1) / parts;
    for (long unit = units * part / parts; unit < end; unit++) {
      int piece = (int) (unit % down);
      int channel = (int) (unit / down % shape.inChannels());
      int image = (int) (unit / down / shape.inChannels());
      int first = (int) ((long) shape.outHeight() * piece / down);
      tile.tileRows = (int) ((long) shape.outHeight() * (piece + 1) / down) - first;
      tile.firstRow = first * shape.vertical().stride() - shape.vertical().padding();
      tile.outputBase = image * shape.outputLength() + first * shape.outWidth();
      tile.plane = image * shape.inputLength() + channel * tile.height * tile.width;
      kernels.tiles().pack(tile, 0, phases.length, buffer, Workspace.BASE);
      int each = shape.outChannels() / shape.inChannels();
      for (int row = channel * each; row < (channel + 1) * each; row++) {
        multiply(kernels.panels(), row, Workspace.BASE + packed, buffer, workspace);
        tile.beginRow = row;
        tile.endRow = row + 1;
        kernels.tiles().finish(tile, buffer, Workspace.BASE + packed, operands.epilogue());
      }
    }
    tile.release();
    workspace.release();
  }

  private void prepare(Tile tile, Operands operands) {
    tile.input = operands.x();
    tile.output = operands.y();
    tile.width = shape.inWidth();
    tile.height = shape.inHeight();
    tile.stride = shape.horizontal().stride();
    tile.rows = rows.rows();
    tile.pitch = pitch;
    tile.planes = origins;
    tile.columns = phases;
    tile.planeFloats = rows.slots() * pitch;
    tile.column = -shape.horizontal().padding();
    tile.outWidth = shape.outWidth();
    tile.outPlane = shape.outHeight() * shape.outWidth();
    tile.tileWidth = shape.outWidth();
    tile.firstChannel = 0;
    tile.sumStride = 0;
  }

  /** Computes the sums of one output channel, as many vectors at a time as the loops take. */
  private void multiply(
      PanelKernels kernels, int row, int sums, float[] buffer, Workspace workspace) {
    int lanes = kernels.lanes();
    int widest = kernels.widest(weights.kind());
    GroupKernel loops = kernels.groups(weights.kind());
    int all = PanelColumns.vectors(workspace.tile.tileRows * pitch, lanes);
    Pass pass = workspace.pass;
    pass.x = buffer;
    pass.contiguous = true;
    pass.y = buffer;
    pass.xStride = 1;
    pass.yStride = 0;
    pass.bias = null;
    pass.resume = false;
    pass.relu = false;
    int group = groupOf[row];
    for (int done = 0; done < all; done += widest) {
      int vectors = Math.min(widest, all - done);
      pass.xBase = Workspace.BASE + done * lanes;
      pass.yBase = sums + done * lanes;
      pass.xTail = (vectors - 1) * lanes;
      pass.yTail = pass.xTail;
      loops.run(weights.blocks().get(0), group, group + 1, vectors, pass);
    }
  }
}
