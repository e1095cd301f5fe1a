package org.espalier.examples.tensor;

import java.util.List;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Tiled;

/**
 * The patterns that the zeros of a tensor satisfy, see {@link SparsityPattern#satisfiedBy}, among
 * those that formats and kernels are made for. A tensor without zeros satisfies none, and a pattern
 * whose units are single weights in a tensor says nothing of it.
 */
final class SatisfiedPatterns {

  private static final List<SparsityPattern> CANDIDATES =
      List.of(
              "1:2",
              "1:4",
              "2:4",
              "1:8",
              "2:8",
              "4:8",
              "1:16",
              "2:16",
              "4:16",
              "block:4x1",
              "block:1x4",
              "block:4x4",
              "block:8x1",
              "block:1x8",
              "block:8x8",
              "block:16x1",
              "block:1x16",
              "block:16x16",
              "vector",
              "kernel",
              "channel",
              "input-channel",
              "balanced:1",
              "balanced:4",
              "balanced:8",
              "balanced:16",
              "balanced-pe:4",
              "balanced-pe:16",
              "balanced-pe:64")
          .stream()
          .map(SparsityPattern::parse)
          .toList();

  private SatisfiedPatterns() {}

  /** Returns the text forms of the patterns that a tensor satisfies. */
  static List<String> of(Mask nonZeros) {
    if (nonZeros.keptCount() == nonZeros.elements() || nonZeros.shape().length < 2) {
      return List.of();
    }
    return CANDIDATES.stream()
        .filter(pattern -> pattern.misfit(nonZeros.shape()).isEmpty())
        .filter(pattern -> !isSingles(pattern, nonZeros))
        .filter(pattern -> pattern.satisfiedBy(nonZeros))
        .map(SparsityPattern::text)
        .toList();
  }

  private static boolean isSingles(SparsityPattern pattern, Mask nonZeros) {
    return pattern instanceof Tiled && pattern.units(nonZeros.shape()) == nonZeros.elements();
  }
}
