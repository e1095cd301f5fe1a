package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class EarlyBirdTest {

  /** Ten weights in one tensor: the bits as text, 1 = kept. */
  private static Map<String, Mask> masks(String bits) {
    return Map.of("w", mask(bits));
  }

  private static Mask mask(String bits) {
    byte[] bytes = new byte[bits.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (bits.charAt(i) - '0');
    }
    return Mask.ofBytes(bytes, bytes.length);
  }

  /** Positions 1 and 2 differ in a, position 3 in b: 3 of 4 + 6 weights. */
  @Test
  void distanceIsTheShareOfDifferingWeightsOverAllTensors() {
    Map<String, Mask> first = Map.of("a", mask("1100"), "b", mask("111000"));
    Map<String, Mask> second = Map.of("a", mask("1010"), "b", mask("111100"));
    assertEquals(3, MaskDistance.differing(first, second));
    assertEquals(0.3, MaskDistance.between(first, second));
    assertEquals(0.3, MaskDistance.between(second, first));
    assertEquals(0, MaskDistance.between(first, first));
    assertEquals(1, MaskDistance.between(masks("10"), masks("01")));
    assertEquals(0, MaskDistance.between(Map.of(), Map.of()));
  }

  @Test
  void masksOfOtherParametersAreRefused() {
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> MaskDistance.between(masks("10"), Map.of("v", mask("10"))));
    assertEquals("masks of [w]", error.expected());
  }

  /** A queue of three and threshold 0.2: worked by hand, distances against the newest mask. */
  @Test
  void aTicketIsDrawnWhenTheNewestMaskIsNearAllOthersOfTheQueue() {
    EarlyBird bird = new EarlyBird(3, 0.2);
    assertFalse(bird.observe(masks("1111100000")));
    assertEquals(List.of(), bird.distances());
    // The queue is not full: equal masks are no ticket yet.
    assertFalse(bird.observe(masks("1111100000")));
    assertEquals(List.of(0.0), bird.distances());
    // Four weights changed.
    assertFalse(bird.observe(masks("1110011000")));
    assertEquals(List.of(0.4, 0.4), bird.distances());
    // Two more changed: near the one before, 0.6 from the oldest of the three.
    assertFalse(bird.observe(masks("1100011100")));
    assertEquals(List.of(0.6, 0.2), bird.distances());
    assertTrue(bird.ticket().isEmpty());
    assertThrows(IllegalStateException.class, bird::drawnAfter);
    // 0.2 itself passes, as in the authors' code.
    assertTrue(bird.observe(masks("1100011100")));
    assertEquals(List.of(0.2, 0.0), bird.distances());
    assertEquals(masks("1100011100"), bird.ticket().orElseThrow());
    assertEquals(5, bird.drawnAfter());
  }

  /** Each step moves 2 of 20 weights, 0.1; after two steps the distance is 0.2. */
  @Test
  void aMaskThatDriftsIsNotDrawn() {
    EarlyBird bird = new EarlyBird(3, 0.1);
    assertFalse(bird.observe(masks("11111000000000000000")));
    assertFalse(bird.observe(masks("11110100000000000000")));
    assertFalse(bird.observe(masks("11100110000000000000")));
    assertEquals(List.of(0.2, 0.1), bird.distances());
  }

  @Test
  void whatIsDrawnStaysDrawn() {
    EarlyBird bird = new EarlyBird(2, 0);
    bird.observe(masks("10"));
    assertTrue(bird.observe(masks("10")));
    assertTrue(bird.observe(masks("01")));
    assertEquals(masks("10"), bird.ticket().orElseThrow());
    assertEquals(2, bird.drawnAfter());
  }

  @Test
  void theUsualQueueHoldsFiveMasks() {
    EarlyBird bird = new EarlyBird();
    for (int epoch = 1; epoch < 5; epoch++) {
      assertFalse(bird.observe(masks("1000000000")));
    }
    assertTrue(bird.observe(masks("1000000001")));
    assertEquals(List.of(0.1, 0.1, 0.1, 0.1), bird.distances());
  }

  @Test
  void settingsThatMeanNothingAreRefused() {
    assertThrows(InvalidInputException.class, () -> new EarlyBird(1, 0.1));
    assertThrows(InvalidInputException.class, () -> new EarlyBird(5, 1));
    assertThrows(InvalidInputException.class, () -> new EarlyBird(5, Double.NaN));
  }
}
