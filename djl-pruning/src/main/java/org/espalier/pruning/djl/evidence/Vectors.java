package org.espalier.pruning.djl.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.criterion.Statistic;

/** Arithmetic on vectors with one row per parameter. */
final class Vectors {

  private Vectors() {}

  /** Adds {@code factor} times {@code vector} to {@code sum}. */
  static void add(double[][] sum, double factor, double[][] vector) {
    for (int row = 0; row < sum.length; row++) {
      for (int i = 0; i < sum[row].length; i++) {
        sum[row][i] += factor * vector[row][i];
      }
    }
  }

  /** Adds the absolute values of {@code vector} to {@code sum}. */
  static void addAbs(double[][] sum, double[][] vector) {
    for (int row = 0; row < sum.length; row++) {
      for (int i = 0; i < sum[row].length; i++) {
        sum[row][i] += Math.abs(vector[row][i]);
      }
    }
  }

  /** Adds {@code factor} times the products of the entries of two vectors to {@code sum}. */
  static void addProduct(double[][] sum, double factor, double[][] a, double[][] b) {
    for (int row = 0; row < sum.length; row++) {
      for (int i = 0; i < sum[row].length; i++) {
        sum[row][i] += factor * a[row][i] * b[row][i];
      }
    }
  }

  /** Returns the Euclidean norm. */
  static double norm(double[][] vector) {
    double sum = 0;
    for (double[] row : vector) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  /** Returns the largest absolute value; 0 if there is none, NaN if one is NaN. */
  static double max(double[][] vector) {
    double max = 0;
    for (double[] row : vector) {
      for (double value : row) {
        max = Math.max(max, Math.abs(value));
      }
    }
    return max;
  }

  /** Returns the number of entries. */
  static long size(double[][] vector) {
    long size = 0;
    for (double[] row : vector) {
      size += row.length;
    }
    return size;
  }

  /** Puts a vector, times a factor, among the results under the paths of its rows. */
  static void put(
      Map<String, Map<Statistic, float[]>> results,
      Statistic statistic,
      List<String> paths,
      double[][] vector,
      double factor) {
    for (int row = 0; row < vector.length; row++) {
      float[] numbers = new float[vector[row].length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) (factor * vector[row][i]);
      }
      results.computeIfAbsent(paths.get(row), path -> new TreeMap<>()).put(statistic, numbers);
    }
  }
}
