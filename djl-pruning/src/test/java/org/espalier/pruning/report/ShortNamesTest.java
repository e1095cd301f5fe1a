package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShortNamesTest {

  @Test
  void namesThatFitStay() {
    List<String> names = List.of("net.a.weight", "net.b.weight");
    assertSame(names, ShortNames.of(names, 12));
  }

  @Test
  void whatAllNamesShareGoesFirst() {
    assertEquals(
        List.of("fc1", "fc2"), ShortNames.of(List.of("net.fc1.weight", "net.fc2.weight"), 10));
    assertEquals(List.of("1.a", "2.b"), ShortNames.of(List.of("net.sub.1.a", "net.sub.2.b"), 8));
  }

  @Test
  void thenTheMiddleOfEach() {
    assertEquals(
        List.of("abc...xyz", "b"), ShortNames.of(List.of("abcdefghijklmnopqrstuvwxyz", "b"), 9));
    assertEquals(List.of("abc...xyz"), ShortNames.of(List.of("abcdefghijklmnopqrstuvwxyz"), 9));
  }

  @Test
  void namesNeverBecomeOne() {
    List<String> names =
        IntStream.range(0, 1200).mapToObj(i -> "a".repeat(20) + i + "b".repeat(20)).toList();
    List<String> shortened = ShortNames.of(names, ShortNames.NARROWEST);
    assertEquals(names.size(), new HashSet<>(shortened).size());
    assertTrue(shortened.stream().allMatch(name -> name.length() <= ShortNames.NARROWEST));
  }
}
