package org.espalier.hw.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.hw.workload.Uniform;
import org.espalier.sparse.format.Csr;
import org.espalier.sparse.mask.Mask;

/**
 * A product that is measured: sizes that networks do not have, so that a prediction of theirs is
 * one. Blocks are of {@code height} x 1, drawn uniformly.
 *
 * @param m rows of W, a multiple of {@code height}
 * @param k columns of W
 * @param n columns of X
 * @param height rows of W that share their columns: 1, 2 or 4
 * @param density of W, in (0, 1]
 */
record CalibrationPoint(int m, int k, int n, int height, double density) {

  /** Rows of: m, k, n, then the density in per mille. Single rows, pairs, fours. */
  private static final int[][][] SPARSE = {
    {
      {640, 640, 112, 100},
      {320, 1280, 240, 50},
      {96, 448, 1920, 200},
      {1280, 320, 48, 250},
      {2560, 1536, 16, 120},
      {896, 2304, 128, 100},
      {1792, 2304, 64, 200},
      {224, 3584, 48, 150},
      {480, 160, 896, 80},
      {1280, 640, 12, 200},
      {320, 320, 8, 100},
      {2560, 2560, 32, 30},
      {448, 224, 144, 220},
      {2304, 640, 128, 20},
      {640, 96, 64, 80},
      {64, 1152, 192, 50},
      {128, 640, 96, 30},
      {96, 2560, 64, 40},
      {72, 448, 2304, 60},
      {160, 320, 24, 30},
      {80, 1792, 896, 50},
      {320, 1280, 16, 12},
      {56, 3584, 48, 80},
      {640, 640, 112, 500},
      {320, 1280, 240, 400},
      {96, 448, 1920, 450},
      {1280, 320, 144, 300},
      {896, 1792, 128, 500},
      {1792, 1536, 80, 400},
      {448, 96, 400, 350},
      {80, 2560, 96, 500},
      {2304, 640, 240, 330},
      {448, 96, 2304, 500},
      {3584, 160, 112, 450},
      {96, 640, 208, 600},
      {640, 640, 48, 500},
      {1280, 320, 64, 400},
      {320, 2560, 32, 450},
      {2560, 1536, 16, 500},
      {1792, 1792, 64, 350},
      {96, 896, 48, 600},
      {448, 224, 16, 300},
      {1280, 640, 12, 500},
      {320, 320, 8, 400},
      {640, 640, 1, 100},
      {2560, 1536, 1, 200},
      {2560, 2560, 1, 100},
      {2304, 2560, 1, 250},
      {1280, 320, 1, 50},
      {320, 2560, 1, 150},
      {96, 448, 1, 100},
      {2560, 2560, 1, 30},
      {96, 1792, 1, 20},
      {1792, 160, 1, 200},
      {640, 640, 1, 500},
      {2560, 1536, 1, 500},
      {2560, 2560, 1, 400},
      {1280, 320, 1, 300},
      {320, 1280, 1, 700},
      {96, 448, 1, 500},
      {1792, 160, 1, 600},
      {96, 2560, 1, 350},
      {640, 640, 1, 950},
      {2560, 1536, 1, 950},
      {96, 448, 1, 950},
      {1280, 320, 1, 920},
      {1792, 160, 1, 950},
      {320, 2560, 1, 950},
      {1280, 80, 1, 950},
      {1280, 80, 1, 150},
      {1280, 80, 1, 500},
    },
    {{640, 640, 48, 150}, {1280, 640, 16, 150}, {640, 320, 112, 200}, {320, 1280, 96, 100}},
    {
      {640, 640, 112, 500},
      {320, 1280, 240, 200},
      {96, 448, 1920, 500},
      {1280, 320, 144, 100},
      {896, 1792, 128, 300},
      {1792, 1792, 80, 100},
      {640, 640, 48, 400},
      {1280, 320, 64, 100},
      {320, 2560, 32, 300},
      {2560, 1536, 16, 500},
      {2560, 2560, 16, 100},
      {1280, 640, 12, 300},
      {320, 320, 8, 200},
      {1792, 2560, 64, 500},
      {80, 96, 64, 500},
      {1536, 80, 2304, 300},
      {2304, 640, 240, 50},
      {448, 224, 144, 150},
      {448, 80, 8, 150},
      {448, 96, 2304, 150},
      {3584, 160, 112, 200},
      {64, 1152, 192, 200},
      {128, 640, 96, 100},
      {96, 2560, 64, 150},
      {72, 448, 2304, 200},
      {320, 320, 48, 60},
      {640, 2560, 128, 20},
      {1280, 1280, 16, 15},
      {320, 1280, 240, 50},
      {56, 3584, 48, 80},
      {640, 640, 1, 100},
      {2560, 1536, 1, 200},
      {2560, 2560, 1, 100},
      {1280, 320, 1, 50},
      {320, 2560, 1, 150},
      {96, 448, 1, 200},
      {2560, 2560, 1, 30},
      {96, 1792, 1, 50},
      {1792, 160, 1, 100},
    },
  };

  private static final int[] HEIGHTS = {1, 2, 4};

  private static final int[][] DENSE = {
    {640, 640, 112},
    {320, 1280, 240},
    {96, 448, 1920},
    {1280, 320, 48},
    {896, 1792, 128},
    {1792, 2304, 80},
    {640, 640, 48},
    {2560, 1536, 16},
    {320, 320, 8},
    {1280, 640, 12},
    {1536, 80, 2304},
    {96, 2560, 64},
    {2304, 640, 240},
    {448, 224, 144},
    {80, 96, 64},
    {320, 2560, 32},
    {2560, 2560, 64},
    {640, 640, 1},
    {2560, 1536, 1},
    {3584, 3584, 1},
    {1280, 320, 1},
    {96, 448, 1},
    {320, 2560, 1},
    {1792, 160, 1},
    {96, 2560, 1},
    {160, 160, 1},
  };

  /** Returns the sparse products. */
  static List<CalibrationPoint> sparse() {
    List<CalibrationPoint> points = new ArrayList<>();
    for (int i = 0; i < HEIGHTS.length; i++) {
      for (int[] row : SPARSE[i]) {
        points.add(new CalibrationPoint(row[0], row[1], row[2], HEIGHTS[i], row[3] / 1000.0));
      }
    }
    return points;
  }

  /** Returns the dense products. */
  static List<CalibrationPoint> dense() {
    List<CalibrationPoint> points = new ArrayList<>();
    for (int[] row : DENSE) {
      points.add(new CalibrationPoint(row[0], row[1], row[2], 1, 1));
    }
    return points;
  }

  /** Returns what the kernels see of it. */
  SparseWork work() {
    double elements = (double) m * k;
    return new SparseWork(
        m,
        k,
        n,
        elements * density,
        elements * places(2),
        elements * places(3),
        elements * places(4));
  }

  /** Returns the places of groups of so many rows, for an element. */
  private double places(int rows) {
    double units = Math.max(1, (double) rows / height);
    return (1 - Math.pow(1 - density, units)) / rows;
  }

  /** Draws W: the values are in (-1, 1) and none of them is 0. */
  Csr weights(long seed) {
    Mask units = Uniform.ofDensity(m / height, k, density).draw(seed);
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[m * k];
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < k; column++) {
        if (units.isKept(row / height * k + column)) {
          values[row * k + column] = (2 * random.nextInt(1 << 24) + 1 - (1 << 24)) * 0x1p-24f;
        }
      }
    }
    return Csr.ofDense(values, m, k);
  }
}
