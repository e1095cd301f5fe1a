package org.espalier.examples.data;

/**
 * The path of a pen, as points to be joined by straight segments. Coordinates are glyph units: a
 * digit fills x in [0, 1] and y in [0, 1], y downwards.
 *
 * @param x of each point, at least 2
 * @param y of each point, as many as x
 */
record Stroke(double[] x, double[] y) {

  private static final int STEPS_PER_SPAN = 6;

  Stroke {
    if (x.length < 2 || x.length != y.length) {
      throw new IllegalArgumentException(
          "a stroke needs at least 2 points, found %d x and %d y".formatted(x.length, y.length));
    }
  }

  /** Returns straight lines through these points, given as x, y, x, y, ... */
  static Stroke line(double... points) {
    double[] x = new double[points.length / 2];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = points[2 * i];
      y[i] = points[2 * i + 1];
    }
    return new Stroke(x, y);
  }

  /** Returns an ellipse around (cx, cy), starting and ending at its top. */
  static Stroke ellipse(double cx, double cy, double rx, double ry) {
    int spans = 24;
    double[] x = new double[spans + 1];
    double[] y = new double[spans + 1];
    for (int i = 0; i <= spans; i++) {
      double angle = 2 * Math.PI * i / spans;
      x[i] = cx - rx * StrictMath.sin(angle);
      y[i] = cy - ry * StrictMath.cos(angle);
    }
    return new Stroke(x, y);
  }

  /**
   * Returns a smooth curve through these points, given as x, y, x, y, ...: a uniform cubic Hermite
   * spline whose slopes are half the difference of the neighbors (Catmull and Rom, "A class of
   * local interpolating splines", Computer Aided Geometric Design, 1974), ends repeated.
   */
  static Stroke curve(double... points) {
    Stroke knots = line(points);
    int spans = knots.x.length - 1;
    double[] x = new double[spans * STEPS_PER_SPAN + 1];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int span = Math.min(i / STEPS_PER_SPAN, spans - 1);
      double t = (double) (i - span * STEPS_PER_SPAN) / STEPS_PER_SPAN;
      x[i] = catmullRom(knots.x, span, t);
      y[i] = catmullRom(knots.y, span, t);
    }
    return new Stroke(x, y);
  }

  private static double catmullRom(double[] knots, int span, double t) {
    double p1 = knots[span];
    double p2 = knots[span + 1];
    double p0 = span > 0 ? knots[span - 1] : p1;
    double p3 = span + 2 < knots.length ? knots[span + 2] : p2;
    return p1
        + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
  }
}
