package org.espalier.examples.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws handwritten-looking digits, 28x28 gray, white ink on black: a data set that needs no file
 * and no network. Each digit takes one of several ways of writing it ({@link DigitStrokes}), is
 * rotated, sheared, scaled and moved, distorted elastically ({@link ElasticField}), drawn with a
 * pen of random width, and covered with noise.
 *
 * <p>Only integer and strict floating-point arithmetic of the JDK decides a pixel, so that a seed
 * gives the same bytes on every machine. Classes are balanced to within one image.
 */
public final class DigitGenerator {

  /** Shape of every image. */
  public static final ImageShape SHAPE = new ImageShape(1, 28, 28, 10);

  private static final int SIZE = 28;
  private static final int PIXELS = SIZE * SIZE;

  /** Height of an undistorted digit in pixels, as in MNIST. */
  private static final double GLYPH_HEIGHT = 19;

  private static final double GLYPH_WIDTH = 19;
  private static final double MAX_ROTATION = 0.30;
  private static final double MAX_SHEAR = 0.30;
  private static final double MAX_SCALE = 0.18;
  private static final double MAX_SHIFT = 2.2;
  private static final float MAX_ALPHA = 40;
  private static final double MIN_RADIUS = 0.7;
  private static final double MAX_RADIUS = 1.75;
  private static final double MAX_NOISE = 14;

  private final ElasticField field = new ElasticField(SIZE);
  private final float[] ink = new float[PIXELS];

  private DigitGenerator() {}

  /**
   * Returns digits in random order.
   *
   * @param count number of images, at least 1
   * @param seed decides every byte; different seeds give independent sets
   */
  public static ImageSet generate(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, found " + count);
    }
    DigitGenerator generator = new DigitGenerator();
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = labels(count, random.split());
    byte[] pixels = new byte[Math.multiplyExact(count, PIXELS)];
    for (int i = 0; i < count; i++) {
      generator.draw(labels[i], random.split(), pixels, i * PIXELS);
    }
    return new ImageSet(pixels, labels, SHAPE);
  }

  /**
   * Returns a training and a test set of independent digits, normalized by the training set.
   *
   * @param trainCount number of training images, at least 1
   * @param testCount number of test images, at least 1
   * @param seed decides every byte of both
   */
  public static ImageData data(int trainCount, int testCount, long seed) {
    SplittableRandom seeds = new SplittableRandom(seed);
    ImageSet train = generate(trainCount, seeds.nextLong());
    ImageSet test = generate(testCount, seeds.nextLong());
    return new ImageData("builtin", train, test, Normalization.of(train));
  }

  private static int[] labels(int count, SplittableRandom random) {
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i % SHAPE.classes());
    for (int i = count - 1; i > 0; i--) {
      int j = below(random, i + 1);
      int swapped = labels[i];
      labels[i] = labels[j];
      labels[j] = swapped;
    }
    return labels;
  }

  private void draw(int digit, SplittableRandom random, byte[] pixels, int offset) {
    List<List<Stroke>> variants = DigitStrokes.variants(digit);
    List<Stroke> strokes = variants.get(below(random, variants.size()));
    double angle = symmetric(random, MAX_ROTATION);
    double shear = symmetric(random, MAX_SHEAR);
    double width = GLYPH_WIDTH * (1 + symmetric(random, MAX_SCALE));
    double height = GLYPH_HEIGHT * (1 + symmetric(random, MAX_SCALE));
    double centerX = (SIZE - 1) / 2.0 + symmetric(random, MAX_SHIFT);
    double centerY = (SIZE - 1) / 2.0 + symmetric(random, MAX_SHIFT);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    field.draw(random, (float) (uniform(random) * MAX_ALPHA));
    double radius = MIN_RADIUS + uniform(random) * (MAX_RADIUS - MIN_RADIUS);
    Arrays.fill(ink, 0);
    for (Stroke stroke : strokes) {
      double lastX = 0;
      double lastY = 0;
      for (int i = 0; i < stroke.x().length; i++) {
        double v = (stroke.y()[i] - 0.5) * height;
        double u = (stroke.x()[i] - 0.5) * width - shear * v;
        double flatX = centerX + cos * u - sin * v;
        double flatY = centerY + sin * u + cos * v;
        double x = flatX + field.shiftX(flatX, flatY);
        double y = flatY + field.shiftY(flatX, flatY);
        if (i > 0) {
          segment(lastX, lastY, x, y, radius);
        }
        lastX = x;
        lastY = y;
      }
    }
    develop(random, pixels, offset);
  }

  /**
   * Inks every pixel near a segment: fully up to {@code radius - 0.5} from it, not at all beyond
   * {@code radius + 0.5}, linearly in between (the coverage of a pixel by a straight edge).
   */
  private void segment(double ax, double ay, double bx, double by, double radius) {
    double reach = radius + 0.5;
    int left = Math.max(0, (int) Math.ceil(Math.min(ax, bx) - reach));
    int right = Math.min(SIZE - 1, (int) Math.floor(Math.max(ax, bx) + reach));
    int top = Math.max(0, (int) Math.ceil(Math.min(ay, by) - reach));
    int bottom = Math.min(SIZE - 1, (int) Math.floor(Math.max(ay, by) + reach));
    double dx = bx - ax;
    double dy = by - ay;
    double inverse = 1 / Math.max(1e-9, dx * dx + dy * dy);
    for (int py = top; py <= bottom; py++) {
      for (int px = left; px <= right; px++) {
        double t = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) * inverse));
        double ox = px - ax - t * dx;
        double oy = py - ay - t * dy;
        double coverage = reach - Math.sqrt(ox * ox + oy * oy);
        int i = py * SIZE + px;
        if (coverage > ink[i]) {
          ink[i] = (float) Math.min(1, coverage);
        }
      }
    }
  }

  /** Turns ink into bytes: random strength, plus noise that is uniform and differs per pixel. */
  private void develop(SplittableRandom random, byte[] pixels, int offset) {
    double strength = 255 * (0.75 + 0.25 * uniform(random));
    double noise = MAX_NOISE * uniform(random);
    for (int i = 0; i < PIXELS; i++) {
      double value = ink[i] * strength + Math.abs(symmetric(random, noise));
      pixels[offset + i] = (byte) Math.max(0, Math.min(255, (int) (value + 0.5)));
    }
  }

  /** Returns a number in [0, 1), straight from the bits: no JDK may change it. */
  private static double uniform(SplittableRandom random) {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  private static double symmetric(SplittableRandom random, double limit) {
    return (2 * uniform(random) - 1) * limit;
  }

  private static int below(SplittableRandom random, int bound) {
    return (int) (uniform(random) * bound);
  }
}
