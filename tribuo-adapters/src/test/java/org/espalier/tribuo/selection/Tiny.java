package org.espalier.tribuo.selection;

import java.util.Random;

/** Small networks and data for derivatives by differences. */
final class Tiny {

  static final int INPUTS = 3;
  static final int HIDDEN = 4;
  static final int OUTPUTS = 3;

  private Tiny() {}

  /** Random weights around 0 with deviation 0.8. */
  static Perceptron network(boolean softmax) {
    Random random = new Random(7);
    return new Perceptron(
        matrix(INPUTS, HIDDEN, random),
        matrix(1, HIDDEN, random)[0],
        matrix(OUTPUTS, HIDDEN, random),
        matrix(1, OUTPUTS, random)[0],
        softmax);
  }

  /** Five examples. */
  static TrainingSet data(boolean softmax) {
    Random random = new Random(8);
    float[][] rows = new float[5][INPUTS];
    double[][] targets = new double[5][OUTPUTS];
    for (int p = 0; p < rows.length; p++) {
      for (int i = 0; i < INPUTS; i++) {
        rows[p][i] = (float) random.nextGaussian();
      }
      if (softmax) {
        targets[p][p % OUTPUTS] = 1;
      } else {
        targets[p] = random.doubles(OUTPUTS, -1, 1).toArray();
      }
    }
    return set(rows, new Targets(targets, softmax));
  }

  static TrainingSet set(float[][] rows, Targets targets) {
    String[] names = new String[rows[0].length];
    for (int i = 0; i < names.length; i++) {
      names[i] = "f" + i;
    }
    return new TrainingSet(new FeatureMatrix(names, rows), targets);
  }

  private static double[][] matrix(int rows, int columns, Random random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = 0.8 * random.nextGaussian();
      }
    }
    return matrix;
  }
}
