package org.espalier.sparse.codec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How long the code of each symbol is, so that the sum of count times length is the smallest that
 * any prefix code reaches. Among equal choices symbols come before joined nodes, and lower symbols
 * before higher ones: the longest code is as short as it can be, and the same counts make the same
 * lengths.
 *
 * <p>Source: D. A. Huffman, "A Method for the Construction of Minimum-Redundancy Codes",
 * Proceedings of the IRE 40(9), 1952; with two queues: J. van Leeuwen, "On the Construction of
 * Huffman Trees", ICALP 1976.
 */
final class HuffmanLengths {

  private HuffmanLengths() {}

  /**
   * Returns the length of each symbol's code in bits; 0 for symbols that do not occur, 1 for one
   * that occurs alone.
   *
   * @param counts how often each symbol occurs
   */
  static int[] of(long[] counts) {
    int[] symbols =
        IntStream.range(0, counts.length)
            .filter(symbol -> counts[symbol] > 0)
            .boxed()
            .sorted(Comparator.comparingLong(symbol -> counts[symbol]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] lengths = new int[counts.length];
    if (symbols.length == 1) {
      lengths[symbols[0]] = 1;
    } else if (symbols.length > 1) {
      int[] depths = depths(Arrays.stream(symbols).mapToLong(s -> counts[s]).toArray());
      for (int i = 0; i < symbols.length; i++) {
        lengths[symbols[i]] = depths[i];
      }
    }
    return lengths;
  }

  /** Joins the two lightest nodes until one is left; joined nodes come in order of weight. */
  private static int[] depths(long[] ascending) {
    int leaves = ascending.length;
    int root = 2 * leaves - 2;
    long[] weights = Arrays.copyOf(ascending, root + 1);
    int[] parents = new int[root + 1];
    int leaf = 0;
    int joined = leaves;
    for (int node = leaves; node <= root; node++) {
      for (int side = 0; side < 2; side++) {
        boolean takeLeaf = leaf < leaves && (joined == node || weights[leaf] <= weights[joined]);
        int child = takeLeaf ? leaf++ : joined++;
        parents[child] = node;
        weights[node] += weights[child];
      }
    }
    int[] depths = new int[root + 1];
    for (int node = root - 1; node >= 0; node--) {
      depths[node] = depths[parents[node]] + 1;
    }
    return depths;
  }
}
