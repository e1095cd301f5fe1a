package org.espalier.sparse.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Patterns on tensors of a few weights, with what they allow said a second time, in coordinates and
 * without a tiling. A mask is an int: bit i is weight i.
 */
final class TinyPatterns {

  /**
   * One pattern on one shape.
   *
   * @param allows whether a mask lies as the pattern wants it, whatever its count
   * @param unitSize weights in a unit
   */
  record Tiny(String text, int[] shape, int unitSize, IntPredicate allows) {

    int elements() {
      return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    SparsityPattern pattern() {
      return SparsityPattern.parse(text);
    }

    @Override
    public String toString() {
      return text + " on " + Arrays.toString(shape);
    }
  }

  private TinyPatterns() {}

  static List<Tiny> all() {
    return List.of(
        new Tiny("unstructured", s(2, 3), 1, mask -> true),
        // (out, group of 2 inputs)
        atMost(1, "1:2", s(2, 6), i -> i / 2, 6),
        atMost(2, "2:4", s(3, 4), i -> i / 4, 3),
        atMost(2, "2:3", s(2, 6), i -> i / 3, 4),
        // [o, i, kh, kw] = [2, 2, 2, 2]: the two inputs of (o, position) are 4 apart
        atMost(1, "1:2", s(2, 2, 2, 2), i -> i / 8 * 4 + i % 4, 8),
        // [o, i, k] = [1, 6, 2]: input i / 2, position i % 2
        atMost(1, "1:3", s(1, 6, 2), i -> i / 2 / 3 * 2 + i % 2, 4),
        whole("block:2x2", s(4, 4), 4, i -> i / 4 / 2 * 2 + i % 4 / 2),
        whole("block:1x3", s(2, 6), 3, i -> i / 3),
        whole("block:3x1", s(3, 4), 3, i -> i % 4),
        // columns run over [i, kh, kw]: a block of 2 x 4 is both outputs of half an input channel
        whole("block:2x3", s(2, 1, 3, 2), 6, i -> i % 6 / 3),
        whole("vector", s(2, 2, 2, 2), 2, i -> i / 2),
        whole("kernel", s(2, 3, 1, 2), 2, i -> i / 2),
        whole("channel", s(3, 2, 2), 4, i -> i / 4),
        whole("input-channel", s(3, 4), 3, i -> i % 4),
        whole("input-channel", s(2, 3, 2), 4, i -> i / 2 % 3),
        whole("head:2", s(4, 3), 6, i -> i / 6),
        whole("head:2:input", s(3, 4), 6, i -> i % 4 / 2),
        balanced("balanced:2", s(2, 6), 0, i -> i / 3, 4),
        balanced("balanced:1", s(3, 2, 2), 0, i -> i / 4, 3),
        balanced("balanced-pe:2", s(4, 3), 1, i -> i / 3 % 2, 2),
        balanced("balanced-pe:3", s(6, 2), 1, i -> i / 2 % 3, 3),
        new Tiny("strided:2", s(2, 2, 2, 2), 1, mask -> strided(mask, 2, 2, 4, 2)),
        new Tiny("strided:3", s(2, 2, 1, 3), 1, mask -> strided(mask, 2, 2, 3, 3)));
  }

  private static int[] s(int... shape) {
    return shape;
  }

  private static int[] counts(int mask, IntUnaryOperator group, int groups) {
    int[] counts = new int[groups];
    for (int i = 0; i < Integer.SIZE; i++) {
      if ((mask >> i & 1) != 0) {
        counts[group.applyAsInt(i)]++;
      }
    }
    return counts;
  }

  private static Tiny atMost(
      int most, String text, int[] shape, IntUnaryOperator group, int groups) {
    IntPredicate allows =
        mask -> Arrays.stream(counts(mask, group, groups)).allMatch(count -> count <= most);
    return new Tiny(text, shape, 1, allows);
  }

  private static Tiny whole(String text, int[] shape, int size, IntUnaryOperator unit) {
    int units = Arrays.stream(shape).reduce(1, (a, b) -> a * b) / size;
    IntPredicate allows =
        mask ->
            Arrays.stream(counts(mask, unit, units)).allMatch(count -> count == 0 || count == size);
    return new Tiny(text, shape, size, allows);
  }

  private static Tiny balanced(
      String text, int[] shape, int difference, IntUnaryOperator group, int groups) {
    IntPredicate allows =
        mask -> {
          var counts = Arrays.stream(counts(mask, group, groups)).summaryStatistics();
          return counts.getMax() - counts.getMin() <= difference;
        };
    return new Tiny(text, shape, 1, allows);
  }

  /** For every input there is an offset such that all its kernels live only at it. */
  private static boolean strided(int mask, int outputs, int inputs, int area, int stride) {
    return IntStream.range(0, inputs)
        .allMatch(
            input ->
                IntStream.range(0, stride)
                    .anyMatch(
                        offset -> {
                          for (int o = 0; o < outputs; o++) {
                            for (int p = 0; p < area; p++) {
                              int i = (o * inputs + input) * area + p;
                              if ((mask >> i & 1) != 0 && p % stride != offset) {
                                return false;
                              }
                            }
                          }
                          return true;
                        }));
  }
}
