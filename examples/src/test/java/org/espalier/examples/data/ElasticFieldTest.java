package org.espalier.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElasticFieldTest {

  /**
   * A uniform variable on [-1, 1] has variance 1/3; a Gaussian filter of deviation s in two
   * dimensions multiplies the variance by 1 / (4 pi s^2). With s = 4 and alpha = 34 the deviation
   * is 34 * sqrt(1 / 3 / (4 pi 16)) = 1.384 pixels.
   */
  @Test
  void displacesByTheExpectedAmount() {
    ElasticField field = new ElasticField(28);
    SplittableRandom random = new SplittableRandom(1);
    double squares = 0;
    int draws = 2_000;
    for (int i = 0; i < draws; i++) {
      field.draw(random, 34);
      squares += Math.pow(field.shiftX(14, 14), 2) + Math.pow(field.shiftY(13, 14), 2);
    }
    // 4000 squares of a normal variable: relative standard error of the deviation 1.1 %.
    assertEquals(1.384, Math.sqrt(squares / (2 * draws)), 0.05);
  }

  @Test
  void isSmoothAndHasTwoIndependentComponents() {
    ElasticField field = new ElasticField(28);
    field.draw(new SplittableRandom(2), 34);
    for (int y = 8; y < 20; y++) {
      for (int x = 8; x < 20; x++) {
        assertTrue(Math.abs(field.shiftX(x + 1, y) - field.shiftX(x, y)) < 1.5);
        assertTrue(Math.abs(field.shiftX(x, y + 1) - field.shiftX(x, y)) < 1.5);
      }
    }
    assertNotEquals(field.shiftX(14, 14), field.shiftY(14, 14));
  }

  @Test
  void interpolatesBetweenPixelsAndClampsOutside() {
    ElasticField field = new ElasticField(28);
    field.draw(new SplittableRandom(3), 34);
    double mean =
        (field.shiftX(10, 10) + field.shiftX(11, 10) + field.shiftX(10, 11) + field.shiftX(11, 11))
            / 4;
    assertEquals(mean, field.shiftX(10.5, 10.5), 1e-6);
    assertEquals(field.shiftY(0, 5), field.shiftY(-3, 5));
  }
}
