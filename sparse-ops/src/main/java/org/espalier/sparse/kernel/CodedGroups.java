package org.espalier.sparse.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Row groups whose values are bytes: codes of floats that they share. The loops look a weight up in
 * a table of 1 KiB right where they would load it, and multiply floats as ever: sums are the same
 * bits. Nothing is expanded beforehand, so weights pass through the caches as bytes.
 */
final class CodedGroups {

  private CodedGroups() {}

  /**
   * Returns the same groups with codes, or nothing if they hold another value: the zero that fills
   * blocks, when the codebook has 256 others.
   *
   * @param codebook holds every value of the matrix
   */
  static Optional<RowGroups> of(RowGroups groups, float[] codebook) {
    // What follows the shared values is zero: the fill of blocks, and what a wrong byte would get.
    float[] values = Arrays.copyOf(codebook, RowGroups.CODES);
    int[] order =
        IntStream.range(0, RowGroups.CODES)
            .boxed()
            .sorted((a, b) -> Integer.compare(bitsOf(values[a]), bitsOf(values[b])))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] bits = new int[order.length];
    byte[] codes = new byte[order.length];
    for (int i = 0; i < order.length; i++) {
      bits[i] = bitsOf(values[order[i]]);
      codes[i] = (byte) order[i];
    }
    List<RowGroups.Block> blocks = new ArrayList<>();
    for (RowGroups.Block block : groups.blocks()) {
      byte[] coded = new byte[block.valueCount()];
      for (int i = 0; i < coded.length; i++) {
        int at = Arrays.binarySearch(bits, bitsOf(block.value(i)));
        if (at < 0) {
          return Optional.empty();
        }
        coded[i] = codes[at];
      }
      blocks.add(block.withCodes(values, coded));
    }
    return Optional.of(groups.withBlocks(blocks));
  }

  private static int bitsOf(float value) {
    return Float.floatToRawIntBits(value);
  }
}
