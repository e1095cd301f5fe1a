package org.espalier.sparse.kernel;

import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.format.Csr;

/**
 * The weights of one group of a convolution, laid out for products with packed planes. A plane is
 * what one input channel shows through one column of the window: it is packed once and serves all
 * taps of that column, because tap i of it begins {@link TapRows#slotOfTap} rows further on. Planes
 * that no weight looks at are left out.
 *
 * <p>So the columns of the matrix in {@link #groups} are slots of packed planes, not the columns of
 * the weight: in each block of it those of {@link #planesPerBlock} planes.
 */
final class TapPlanes {

  private final RowGroups groups;
  private final int[] origins;
  private final int[] offsets;
  private final int planesPerBlock;

  private TapPlanes(RowGroups groups, int[] origins, int[] offsets, int planesPerBlock) {
    this.groups = groups;
    this.origins = origins;
    this.offsets = offsets;
    this.planesPerBlock = planesPerBlock;
  }

  /**
   * Lays out weights.
   *
   * @param weights output channels of the group x weight columns
   * @param kind rows that go together
   * @param slots packed rows per plane, at least those of {@code rows}
   * @param wanted planes of a block, at most
   */
  static TapPlanes of(
      Csr weights,
      ConvolutionShape shape,
      RowGroups.Kind kind,
      TapRows rows,
      int slots,
      int wanted) {
    int across = shape.horizontal().kernel();
    int taps = shape.taps();
    int[] planeOf = new int[shape.inChannels() / shape.groups() * across];
    for (int column : weights.columnIndices()) {
      planeOf[column / taps * across + column % across] = 1;
    }
    int planes = Arrays.stream(planeOf).sum();
    int[] origins = new int[planes];
    int[] offsets = new int[planes];
    int next = 0;
    for (int i = 0; i < planeOf.length; i++) {
      if (planeOf[i] == 1) {
        origins[next] = i / across * shape.inHeight() * shape.inWidth();
        offsets[next] = i % across * shape.horizontal().dilation();
        planeOf[i] = next++;
      }
    }
    int blocks = Math.max(1, (planes + wanted - 1) / wanted);
    int perBlock = Math.max(1, (planes + blocks - 1) / blocks);
    int width = width(blocks, perBlock, slots);
    int[] slotOf = new int[weights.nonZeros()];
    for (int i = 0; i < slotOf.length; i++) {
      int column = weights.columnIndices()[i];
      int plane = planeOf[column / taps * across + column % across];
      slotOf[i] = plane * slots + rows.slotOfTap()[column % taps / across];
    }
    Csr sorted = moved(weights, width, slotOf);
    RowGroups groups = RowGroupsBuilder.build(sorted, kind, perBlock * slots, null);
    return new TapPlanes(groups, origins, offsets, perBlock);
  }

  private static int width(int blocks, int perBlock, int slots) {
    long width = (long) blocks * perBlock * slots;
    if (width > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "convolution",
          "at most 2^31 - 1 packed rows",
          width + "",
          "use fewer channels or a smaller window");
    }
    return (int) width;
  }

  /** Returns the matrix with each entry moved to another column; none share one. */
  static Csr moved(Csr weights, int width, int[] columnOf) {
    int[] columns = new int[columnOf.length];
    float[] values = new float[columnOf.length];
    int[] pointers = weights.rowPointers();
    for (int row = 0; row < weights.rows(); row++) {
      int first = pointers[row];
      long[] keys = new long[pointers[row + 1] - first];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = (long) columnOf[first + i] << Integer.SIZE | first + i;
      }
      Arrays.sort(keys);
      for (int i = 0; i < keys.length; i++) {
        columns[first + i] = (int) (keys[i] >>> Integer.SIZE);
        values[first + i] = weights.values()[(int) keys[i]];
      }
    }
    return Csr.of(weights.rows(), width, pointers, columns, values);
  }

  /** Returns the weights; X has a row per slot. */
  RowGroups groups() {
    return groups;
  }

  /** Returns the first chunk of a part; of part {@code parts}, the number of chunks. */
  int firstChunk(int part, int parts) {
    int chunks = groups.chunks();
    long share = groups.workBefore(chunks) * part / parts;
    int chunk = 0;
    while (chunk < chunks && (part == parts || groups.workBefore(chunk) < share)) {
      chunk++;
    }
    return chunk;
  }

  /** Returns the planes, without those that no weight looks at. */
  int count() {
    return origins.length;
  }

  /** Returns the planes of each block but perhaps the last. */
  int planesPerBlock() {
    return planesPerBlock;
  }

  /** Returns where the channel of each plane begins, counted from the group's first. */
  int[] origins() {
    return origins;
  }

  /** Returns the column of each plane that pixel 0 sees, counted from that of the first tap. */
  int[] offsets() {
    return offsets;
  }
}
