package org.espalier.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSetTest {

  /** Two images of two channels of 1x2 pixels. */
  private static final ImageSet SET =
      new ImageSet(
          new byte[] {0, (byte) 255, 51, 51, 0, (byte) 255, 51, 102},
          new int[] {2, 0},
          new ImageShape(2, 1, 2, 3));

  private static final Normalization NORMALIZATION =
      new Normalization(List.of(.5f, .2f), List.of(.5f, .1f));

  /** By hand: (0/255 - .5) / .5 = -1, (255/255 - .5) / .5 = 1, (51/255 - .2) / .1 = 0. */
  @Test
  void normalizesEachChannelByItsOwnConstants() {
    assertArrayEquals(
        new float[] {-1, 1, 0, 0, -1, 1, 0, 2}, SET.normalized(NORMALIZATION, 0, 2), 1e-6f);
    assertArrayEquals(new float[] {-1, 1, 0, 2}, SET.normalized(NORMALIZATION, 1, 2), 1e-6f);
  }

  /** By hand: channel 0 is 0, 1, 0, 1; channel 1 is .2, .2, .2, .4: mean .25, variance .0075. */
  @Test
  void measuresMeanAndDeviationPerChannel() {
    Normalization measured = Normalization.of(SET);
    assertEquals(List.of(.5f, .25f), measured.means());
    assertEquals(.5f, measured.deviations().get(0), 1e-6f);
    assertEquals(Math.sqrt(.0075), measured.deviations().get(1), 1e-6f);
  }

  @Test
  void takesTheFirstImages() {
    ImageSet first = SET.first(1);
    assertEquals(1, first.size());
    assertArrayEquals(new int[] {2}, first.labels());
    assertArrayEquals(new byte[] {0, (byte) 255, 51, 51}, first.pixels());
    assertSame(SET, SET.first(2));
    assertThrows(IllegalArgumentException.class, () -> SET.first(0));
  }

  @Test
  void refusesWhatDoesNotBelongTogether() {
    ImageShape shape = new ImageShape(1, 1, 2, 2);
    assertThrows(
        IllegalArgumentException.class, () -> new ImageSet(new byte[3], new int[2], shape));
    assertThrows(
        IllegalArgumentException.class, () -> new ImageSet(new byte[0], new int[0], shape));
    assertThrows(
        IllegalArgumentException.class, () -> new ImageSet(new byte[2], new int[] {2}, shape));
    assertThrows(IllegalArgumentException.class, () -> new ImageShape(1, 1, 2, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> SET.normalized(new Normalization(List.of(0f), List.of(1f)), 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Normalization(List.of(0f), List.of(0f)));
    ImageSet other = new ImageSet(new byte[2], new int[1], shape);
    assertThrows(
        IllegalArgumentException.class, () -> new ImageData("x", SET, other, NORMALIZATION));
  }
}
