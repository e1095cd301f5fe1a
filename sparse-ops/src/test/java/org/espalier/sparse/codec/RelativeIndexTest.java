package org.espalier.sparse.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RelativeIndexTest {

  private static List<String> entries(float[] values, int bits) {
    List<String> entries = new ArrayList<>();
    RelativeIndex.walk(values, bits, (symbol, weight) -> entries.add(symbol + ":" + weight));
    return entries;
  }

  @Test
  void figure2OfThePaper() {
    float[] values = new float[16];
    values[1] = 3.4f;
    values[4] = 0.9f;
    values[15] = 1.7f;
    // The figure, with 3 bits: differences 1 (from index 0), 3, 8 for the filler at 12, and 3.
    // Zeros skipped are one less; the first entry counts from the start, with the zero at index 0.
    assertEquals(List.of("1:3.4", "2:0.9", "8:0.0", "2:1.7"), entries(values, 3));
    // With 4 bits the difference of 11 fits.
    assertEquals(List.of("1:3.4", "2:0.9", "10:1.7"), entries(values, 4));
  }

  @Test
  void theExampleOfEie() {
    // ISCA 2016, section III-B: [0, 0, 1, 2, 0 x 18, 3] is v = 1 2 0 3, z = 2 0 15 2 with 4 bits.
    float[] values = new float[23];
    values[2] = 1;
    values[3] = 2;
    values[22] = 3;
    assertEquals(List.of("2:1.0", "0:2.0", "16:0.0", "2:3.0"), entries(values, 4));
  }

  @Test
  void aFillerFromTwoToTheBOn() {
    for (int bits = 1; bits <= 8; bits++) {
      int longest = (1 << bits) - 1;
      float[] fits = new float[longest + 1];
      fits[longest] = 5;
      assertEquals(List.of(longest + ":5.0"), entries(fits, bits));
      float[] tooLong = new float[longest + 2];
      tooLong[longest + 1] = 5;
      assertEquals(List.of(longest + 1 + ":0.0", "0:5.0"), entries(tooLong, bits));
    }
  }

  @Test
  void zerosOfEitherSignAtTheEndNeedNothing() {
    assertEquals(List.of(), entries(new float[1000], 2));
    float[] values = new float[1000];
    values[0] = 1;
    values[999] = -0f;
    assertEquals(List.of("0:1.0"), entries(values, 2));
  }

  @Property(tries = 100, seed = "5")
  void positionsComeBackAndFillersAreAsManyAsTheGapsNeed(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int bits = 1 + random.nextInt(6);
    float[] values = new float[random.nextInt(2000)];
    double density = random.nextDouble() * random.nextDouble();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble() < density ? i + 1 : 0;
    }
    float[] back = new float[values.length];
    int[] position = {-1};
    int[] fillers = {0};
    RelativeIndex.walk(
        values,
        bits,
        (symbol, weight) -> {
          position[0] += symbol == 1 << bits ? symbol : symbol + 1;
          fillers[0] += symbol == 1 << bits ? 1 : 0;
          back[position[0]] = weight;
        });
    assertArrayEquals(values, back);
    int expected = 0;
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        expected += (i - last - 1) / (1 << bits);
        last = i;
      }
    }
    assertEquals(expected, fillers[0]);
  }
}
