package org.espalier.examples.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time is a counter that the sides advance. */
class ContestTest {

  private static final Effort EFFORT = new Effort(1, 3, 2);

  private long nowNs;
  private long compilingMs;
  private final List<String> calls = new ArrayList<>();

  private Contest contest() {
    return new Contest(EFFORT, () -> nowNs, () -> compilingMs);
  }

  private Contest.Side side(String name, long ns) {
    return new Contest.Side(
        () -> calls.add(name.toUpperCase(java.util.Locale.ROOT)),
        () -> {
          calls.add(name);
          nowNs += ns;
        });
  }

  @Test
  void sidesTakeTurnsOfOneUntimedAndSeveralTimedCalls() {
    double[] medians = contest().mediansUs(List.of(side("a", 2_000), side("b", 500_000)), false);
    assertArrayEquals(new double[] {2, 500}, medians);
    // 1 ms of warm-up each: 500 calls of a, 2 of b
    List<String> warmUp = calls.subList(0, 504);
    assertEquals(500, Collections.frequency(warmUp, "a"));
    assertEquals(2, Collections.frequency(warmUp, "b"));
    List<String> round = List.of("A", "a", "a", "a", "B", "b", "b", "b");
    List<String> rounds = new ArrayList<>();
    Collections.nCopies(3, round).forEach(rounds::addAll);
    assertEquals(rounds, calls.subList(504, calls.size()));
  }

  @Test
  void newCodeIsWarmedUpTwiceAsLong() {
    contest().mediansUs(List.of(side("a", 100_000)), true);
    // 2 ms, then 3 rounds of 3
    assertEquals(20 + 9, Collections.frequency(calls, "a"));
  }

  @Test
  void whatKeepsGettingFasterIsWarmedUpLonger() {
    long[] ns = {1_000_000};
    Contest.Side faster =
        new Contest.Side(
            () -> {},
            () -> {
              nowNs += ns[0];
              ns[0] = Math.max(10_000, ns[0] * 4 / 5);
            });
    double[] medians = contest().mediansUs(List.of(faster), false);
    // a single call takes the millisecond of the warm-up, but each is faster than the one before
    assertArrayEquals(new double[] {10}, medians);
  }

  /** Counts calls; the compiler is at work until one of them. */
  private int callsWithACompilerUntil(int last) {
    int[] count = {0};
    Contest.Side side =
        new Contest.Side(
            () -> {},
            () -> {
              count[0]++;
              nowNs += 1_000_000;
              compilingMs += count[0] <= last ? 100 : 0;
            });
    contest().mediansUs(List.of(side), false);
    return count[0];
  }

  @Test
  void roundsAreRepeatedWhileTheCompilerIsAtWork() {
    // Two calls of warm-up, since the first is faster than none, and three rounds of three.
    int attempt = 2 + 9;
    assertEquals(attempt, callsWithACompilerUntil(2));
    assertEquals(attempt, callsWithACompilerUntil(3)); // 100 ms is what helper code may take
    assertEquals(2 * attempt, callsWithACompilerUntil(4));
    assertEquals(3 * attempt, callsWithACompilerUntil(attempt + 4));
    assertEquals(3 * attempt, callsWithACompilerUntil(Integer.MAX_VALUE));
  }

  @Test
  void theMedianOfAnEvenNumberLiesInTheMiddle() {
    assertEquals(2.5, Contest.median(new double[] {9, 2, 3, 1}));
    assertEquals(3, Contest.median(new double[] {9, 3, 1}));
    assertTrue(Double.isNaN(Contest.median(new double[] {Double.NaN})));
  }
}
