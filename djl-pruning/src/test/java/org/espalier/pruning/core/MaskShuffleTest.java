package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class MaskShuffleTest {

  /** The first {@code kept} weights live. */
  private static Mask first(int kept, int... shape) {
    byte[] bytes = new byte[Mask.elements(shape)];
    Arrays.fill(bytes, 0, kept, (byte) 1);
    return Mask.ofBytes(bytes, shape);
  }

  @Test
  void countsAndShapesStay() {
    Map<String, Mask> masks =
        Map.of("a", first(7, 10, 20), "b", first(300, 4, 5, 3, 6), "c", first(1, 1));
    Map<String, Mask> shuffled = MaskShuffle.shuffled(masks, 42);
    assertEquals(masks.keySet(), shuffled.keySet());
    masks.forEach(
        (path, mask) -> {
          assertEquals(mask.keptCount(), shuffled.get(path).keptCount());
          assertArrayEquals(mask.shape(), shuffled.get(path).shape());
        });
    assertNotEquals(masks.get("a"), shuffled.get("a"));
  }

  @Test
  void nothingIsLeftToChooseInDenseAndEmptyMasks() {
    Map<String, Mask> masks = Map.of("a", Mask.dense(3, 70), "b", first(0, 3, 70));
    assertEquals(masks, MaskShuffle.shuffled(masks, 42));
  }

  @Test
  void theSeedAndThePathDecideAlone() {
    Map<String, Mask> forward = new LinkedHashMap<>();
    forward.put("a", first(30, 10, 10));
    forward.put("b", first(30, 10, 10));
    Map<String, Mask> backward = new LinkedHashMap<>();
    backward.put("b", first(30, 10, 10));
    backward.put("a", first(30, 10, 10));
    backward.put("0", first(5, 8));
    Map<String, Mask> one = MaskShuffle.shuffled(forward, 3);
    Map<String, Mask> other = MaskShuffle.shuffled(backward, 3);
    assertEquals(one.get("a"), other.get("a"));
    assertEquals(one.get("b"), other.get("b"));
    assertNotEquals(one.get("a"), one.get("b"));
    assertNotEquals(one.get("a"), MaskShuffle.shuffled(forward, 4).get("a"));
  }

  @Test
  void pathsOfEqualHashCodeAreShuffledApart() {
    assertEquals("Aa".hashCode(), "BB".hashCode());
    Map<String, Mask> shuffled =
        MaskShuffle.shuffled(Map.of("Aa", first(30, 100), "BB", first(30, 100)), 42);
    assertNotEquals(shuffled.get("Aa"), shuffled.get("BB"));
  }

  @Test
  void everyPairOfPlacesIsEquallyLikely() {
    // 2 of 5 places: 10 pairs, 10000 seeds, 1000 each; standard deviation sqrt(1000 * 0.9) = 30
    Map<Mask, Integer> counts = new LinkedHashMap<>();
    for (int seed = 0; seed < 10_000; seed++) {
      Mask mask = MaskShuffle.shuffled(Map.of("w", first(2, 5)), seed).get("w");
      counts.merge(mask, 1, Integer::sum);
    }
    assertEquals(10, counts.size());
    counts.values().forEach(count -> assertTrue(Math.abs(count - 1000) < 5 * 30, counts::toString));
  }
}
