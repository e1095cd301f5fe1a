package org.espalier.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StrokeTest {

  @Test
  void aCurveGoesThroughItsPoints() {
    Stroke curve = Stroke.curve(0, 0, .5, 1, 1, 0);
    assertEquals(13, curve.x().length);
    assertEquals(.5, curve.x()[6], 1e-15);
    assertEquals(1, curve.y()[6], 1e-15);
    assertEquals(1, curve.x()[12], 1e-15);
    assertEquals(0, curve.y()[12], 1e-15);
    // By hand, t = 1/2 of the first span, p = 0, 0, 1, 0: (-p0 + 9 p1 + 9 p2 - p3) / 16 = 9/16.
    assertEquals(9 / 16.0, curve.y()[3], 1e-15);
  }

  @Test
  void anEllipseIsClosedAndKeepsItsRadii() {
    Stroke ellipse = Stroke.ellipse(.5, .4, .3, .2);
    int last = ellipse.x().length - 1;
    assertEquals(.5, ellipse.x()[0], 1e-15);
    assertEquals(.2, ellipse.y()[0], 1e-15);
    assertEquals(ellipse.x()[0], ellipse.x()[last], 1e-15);
    assertEquals(ellipse.y()[0], ellipse.y()[last], 1e-15);
    for (int i = 0; i <= last; i++) {
      double u = (ellipse.x()[i] - .5) / .3;
      double v = (ellipse.y()[i] - .4) / .2;
      assertEquals(1, u * u + v * v, 1e-12);
    }
  }

  @Test
  void everyDigitHasSeveralWaysThatStayInTheirSquare() {
    for (int digit = 0; digit < 10; digit++) {
      List<List<Stroke>> variants = DigitStrokes.variants(digit);
      assertTrue(variants.size() >= 3, "digit " + digit);
      for (List<Stroke> variant : variants) {
        for (Stroke stroke : variant) {
          for (int i = 0; i < stroke.x().length; i++) {
            // Splines may overshoot their points a little.
            assertTrue(stroke.x()[i] > -.05 && stroke.x()[i] < 1.05, "digit " + digit);
            assertTrue(stroke.y()[i] > -.05 && stroke.y()[i] < 1.05, "digit " + digit);
          }
        }
      }
    }
  }

  @Test
  void refusesASinglePoint() {
    assertThrows(IllegalArgumentException.class, () -> Stroke.line(.5, .5));
  }
}
