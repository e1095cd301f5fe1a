package org.espalier.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class DigitGeneratorTest {

  /**
   * The bytes are part of every published figure. The expected sum was computed by this test on JDK
   * 17 and holds on JDK 25; a change of the drawing changes it, and must be meant.
   */
  @Test
  void aSeedMeansTheSameBytesEverywhere() {
    CRC32 sum = new CRC32();
    sum.update(DigitGenerator.generate(50, 42).pixels());
    assertEquals(2_139_065_833L, sum.getValue());
  }

  @Test
  void theSameSeedRepeatsAndAnotherDoesNot() {
    ImageSet once = DigitGenerator.generate(30, 5);
    ImageSet again = DigitGenerator.generate(30, 5);
    assertArrayEquals(once.pixels(), again.pixels());
    assertArrayEquals(once.labels(), again.labels());
    assertFalse(Arrays.equals(once.pixels(), DigitGenerator.generate(30, 6).pixels()));
  }

  @Test
  void classesAreBalancedAndShuffled() {
    int[] labels = DigitGenerator.generate(103, 1).labels();
    int[] counts = new int[10];
    for (int label : labels) {
      counts[label]++;
    }
    for (int digit = 0; digit < 10; digit++) {
      assertEquals(digit < 3 ? 11 : 10, counts[digit], "digit " + digit);
    }
    int[] sorted = labels.clone();
    Arrays.sort(sorted);
    assertFalse(Arrays.equals(sorted, labels));
  }

  @Test
  void noImageRepeatsAndEachHasInkAndBackground() {
    ImageSet set = DigitGenerator.generate(1_000, 3);
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < set.size(); i++) {
      byte[] image = Arrays.copyOfRange(set.pixels(), i * 784, (i + 1) * 784);
      hashes.add(Arrays.hashCode(image));
      int bright = 0;
      int dark = 0;
      for (byte pixel : image) {
        bright += (pixel & 0xff) > 128 ? 1 : 0;
        dark += (pixel & 0xff) < 32 ? 1 : 0;
      }
      // The thinnest "1" covers about 15 pixels; no digit fills half of its square.
      assertTrue(bright >= 12 && bright < 392, "image " + i + " has " + bright + " bright pixels");
      assertTrue(dark > 392, "image " + i + " has " + dark + " dark pixels");
    }
    assertEquals(set.size(), hashes.size());
  }

  @Test
  void trainingAndTestImagesAreDifferentAndNormalizedByTheTrainingSet() {
    ImageData data = DigitGenerator.data(40, 20, 9);
    assertEquals(40, data.train().size());
    assertEquals(20, data.test().size());
    assertFalse(
        Arrays.equals(
            Arrays.copyOf(data.train().pixels(), 784), Arrays.copyOf(data.test().pixels(), 784)));
    float[] values = data.train().normalized(data.normalization(), 0, 40);
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    assertEquals(0, sum / values.length, 1e-5);
    assertEquals(1, squares / values.length, 1e-5);
  }

  @Test
  void refusesToDrawNothing() {
    assertThrows(IllegalArgumentException.class, () -> DigitGenerator.generate(0, 1));
  }
}
