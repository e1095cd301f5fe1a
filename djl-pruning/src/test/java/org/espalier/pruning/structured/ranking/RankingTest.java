package org.espalier.pruning.structured.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.criterion.GroupScores;
import org.espalier.pruning.structured.op.Slice;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Counts;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final IntToDoubleFunction FREE = group -> 0;

  private static GroupScores group(String name, double divisor, double... scores) {
    List<List<Slice>> channels = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      channels.add(List.of(new Slice(name, 0, i)));
    }
    return new GroupScores(new ChannelGroup(name, channels, ""), scores, divisor);
  }

  private static String text(List<Place> order) {
    StringBuilder text = new StringBuilder();
    order.forEach(place -> text.append("ab".charAt(place.group())).append(place.channel()));
    return text.toString();
  }

  private static final List<GroupScores> GROUPS =
      List.of(group("a", 2, 3, 1, 4, 1), group("b", 1, 1, 2));

  /** Of equal channels the higher index goes first, and the later group. */
  @Test
  void globalOrder() {
    int[] begin = {4, 2};
    assertEquals("b0a3a1b1a0a2", text(new Global(Normalization.NONE).order(GROUPS, begin, FREE)));
    // a: 3/2 1/2 2 1/2 by size, b as it is.
    assertEquals("a3a1b0a0b1a2", text(new Global(Normalization.SIZE).order(GROUPS, begin, FREE)));
    // Means 9/4 and 3/2: a 1.33 0.44 1.78 0.44, b 0.67 1.33; 4/3 and 4/3 tie.
    assertEquals("a3a1b0b1a0a2", text(new Global(Normalization.MEAN).order(GROUPS, begin, FREE)));
    // a 3/4 1/4 1 1/4, b 1/2 1.
    assertEquals("a3a1b0a0b1a2", text(new Global(Normalization.MAX).order(GROUPS, begin, FREE)));
    // Norms √27 and √5: a 0.58 0.19 0.77 0.19, b 0.45 0.89.
    assertEquals("a3a1b0a0a2b1", text(new Global(Normalization.L2).order(GROUPS, begin, FREE)));
  }

  /** Four channels at 10 and two at 40 operations cost 20 on average: half a price and two. */
  @Test
  void operationsHaveAPrice() {
    IntToDoubleFunction flops = group -> group == 0 ? 10 : 40;
    int[] begin = {4, 2};
    // At 0.5: a 2.75 0.75 3.75 0.75, b 0 1.
    Global cheap = new Global(Normalization.NONE, 0.5);
    assertEquals("b0a3a1b1a0a2", text(cheap.order(GROUPS, begin, flops)));
    // At 1: a 2.5 0.5 3.5 0.5, b -1 0.
    Global dear = new Global(Normalization.NONE, 1);
    assertEquals("b0b1a3a1a0a2", text(dear.order(GROUPS, begin, flops)));
    // Nothing to pay where nothing is computed.
    assertEquals("b0a3a1b1a0a2", text(dear.order(GROUPS, begin, FREE)));
    assertThrows(InvalidInputException.class, () -> new Global(Normalization.NONE, -0.1));
    assertThrows(InvalidInputException.class, () -> new Global(Normalization.NONE, Double.NaN));
  }

  @Test
  void negativeScoresKeepTheirOrder() {
    double[] found = Normalization.MEAN.comparable(group("a", 1, -3, 1, 0));
    assertArrayEquals(new double[] {-9 / 4.0, 3 / 4.0, 0}, found, 1e-15);
    assertArrayEquals(new double[] {0, 0}, Normalization.L2.comparable(group("a", 1, 0, 0)), 0);
  }

  /** Due at 1/8, 3/8, 5/8, 7/8 in a and at 1/4, 3/4 in b. */
  @Test
  void localOrder() {
    assertEquals("a3b0a1a0b1a2", text(Local.INSTANCE.order(GROUPS, new int[] {4, 2}, FREE)));
    // Had b begun with 3, its places would be those at 1/2 and 5/6.
    assertEquals("a3a1b0a0b1a2", text(Local.INSTANCE.order(GROUPS, new int[] {4, 3}, FREE)));
  }

  @Test
  void localTakesTheSameFractionOfEachGroup() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 200; trial++) {
      int[] begin = {1 + random.nextInt(20), 1 + random.nextInt(20), 1 + random.nextInt(20)};
      List<GroupScores> groups = new ArrayList<>();
      for (int size : begin) {
        groups.add(group("g" + groups.size(), 1, random.doubles(size).toArray()));
      }
      double remove = random.nextInt(20) / 20.0;
      int all = begin[0] + begin[1] + begin[2];
      int gone = Math.toIntExact(all - Local.INSTANCE.kept(remove, begin));
      int[] left = begin.clone();
      Local.INSTANCE.order(groups, begin, FREE).subList(0, gone).forEach(p -> left[p.group()]--);
      for (int g = 0; g < 3; g++) {
        assertEquals(Counts.kept(remove, begin[g]), left[g]);
      }
    }
  }

  @Test
  void keptIsRoundedHalfUp() {
    int[] begin = {5, 5, 5};
    assertEquals(8, new Global(Normalization.NONE).kept(0.5, begin));
    assertEquals(9, Local.INSTANCE.kept(0.5, begin));
  }
}
