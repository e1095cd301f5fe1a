package org.espalier.examples.data;

import java.util.SplittableRandom;

/**
 * A random, smooth displacement of the plane: elastic distortion after Simard, Steinkraus, Platt,
 * "Best practices for convolutional neural networks applied to visual document analysis", ICDAR
 * 2003, section 2. Each pixel draws a displacement uniformly from [-1, 1] x [-1, 1]; both
 * components are smoothed with a Gaussian of standard deviation sigma and scaled by alpha. Applied
 * to the path of the pen instead of the finished pixels, so that ink keeps its sharpness.
 */
final class ElasticField {

  /** Smoothing in pixels, the value of the paper. */
  private static final double SIGMA = 4;

  private static final int RADIUS = 10;
  private static final float[] KERNEL = kernel();

  private final int size;
  private final float[] dx;
  private final float[] dy;
  private final float[] scratch;
  private final float[] padded;

  /**
   * @param size side of the square field, in pixels
   */
  ElasticField(int size) {
    this.size = size;
    this.dx = new float[size * size];
    this.dy = new float[size * size];
    this.scratch = new float[size * size];
    this.padded = new float[size + 2 * RADIUS];
  }

  /**
   * Draws a new field.
   *
   * @param alpha strength in pixels; the paper found 34 good for digits of this size
   */
  void draw(SplittableRandom random, float alpha) {
    fill(random, dx, alpha);
    fill(random, dy, alpha);
  }

  /** Returns the displacement along x at (x, y), in pixels, bilinear between pixel centers. */
  double shiftX(double x, double y) {
    return sample(dx, x, y);
  }

  /** Returns the displacement along y at (x, y), in pixels, bilinear between pixel centers. */
  double shiftY(double x, double y) {
    return sample(dy, x, y);
  }

  private void fill(SplittableRandom random, float[] field, float alpha) {
    for (int i = 0; i < field.length; i += 2) {
      // Two displacements of 32 random bits each: drawing is a good part of the cost.
      long bits = random.nextLong();
      field[i] = (int) bits * 0x1p-31f * alpha;
      if (i + 1 < field.length) {
        field[i + 1] = (int) (bits >>> 32) * 0x1p-31f * alpha;
      }
    }
    smoothRows(field, scratch);
    smoothRows(scratch, field);
  }

  /** Smooths each row and writes it as a column, so that doing it twice smooths both ways. */
  private void smoothRows(float[] from, float[] to) {
    for (int row = 0; row < size; row++) {
      System.arraycopy(from, row * size, padded, RADIUS, size);
      for (int column = 0; column < size; column++) {
        float sum = KERNEL[0] * padded[column + RADIUS];
        for (int k = 1; k <= RADIUS; k++) {
          sum += KERNEL[k] * (padded[column + RADIUS - k] + padded[column + RADIUS + k]);
        }
        to[column * size + row] = sum;
      }
    }
  }

  private double sample(float[] field, double x, double y) {
    double clampedX = Math.max(0, Math.min(size - 1.001, x));
    double clampedY = Math.max(0, Math.min(size - 1.001, y));
    int column = (int) clampedX;
    int row = (int) clampedY;
    double fx = clampedX - column;
    double fy = clampedY - row;
    int i = row * size + column;
    double top = field[i] + fx * (field[i + 1] - field[i]);
    double bottom = field[i + size] + fx * (field[i + size + 1] - field[i + size]);
    return top + fy * (bottom - top);
  }

  private static float[] kernel() {
    double[] weights = new double[RADIUS + 1];
    double sum = 0;
    for (int k = 0; k <= RADIUS; k++) {
      weights[k] = StrictMath.exp(-k * k / (2 * SIGMA * SIGMA));
      sum += k == 0 ? weights[k] : 2 * weights[k];
    }
    float[] kernel = new float[RADIUS + 1];
    for (int k = 0; k <= RADIUS; k++) {
      kernel[k] = (float) (weights[k] / sum);
    }
    return kernel;
  }
}
