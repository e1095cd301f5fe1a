package org.espalier.tribuo.selection;

import java.util.Arrays;
import java.util.Objects;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;

/**
 * The features of a data set as a dense matrix with mean 0 and variance 1 in each column, as the
 * papers ask. A feature that an example does not have is 0 before that, as everywhere in Tribuo; a
 * feature that never changes is 0 after it.
 *
 * @param names by feature id
 * @param rows (examples, features), standardised
 */
record FeatureMatrix(String[] names, float[][] rows) {

  /**
   * Reads and standardises a data set.
   *
   * @throws IllegalArgumentException if there are no features, or a value is not finite
   */
  static FeatureMatrix of(Dataset<?> dataset) {
    ImmutableFeatureMap map = dataset.getFeatureIDMap();
    if (map.size() == 0) {
      throw new IllegalArgumentException("The dataset has no features to select from.");
    }
    String[] names = new String[map.size()];
    Arrays.setAll(names, id -> map.get(id).getName());
    float[][] rows = new float[dataset.size()][names.length];
    int row = 0;
    for (Example<?> example : dataset) {
      for (Feature feature : example) {
        if (!Double.isFinite(feature.getValue())) {
          throw new IllegalArgumentException(
              "Feature '%s' of example %d is %s; expected a finite number."
                  .formatted(feature.getName(), row, feature.getValue()));
        }
        rows[row][map.getID(feature.getName())] += (float) feature.getValue();
      }
      row++;
    }
    standardise(rows);
    return new FeatureMatrix(names, rows);
  }

  int columns() {
    return names.length;
  }

  int examples() {
    return rows.length;
  }

  String name(int id) {
    return names[id];
  }

  /** Two passes in double precision; the variance is that of the population. */
  private static void standardise(float[][] rows) {
    double[] mean = new double[rows[0].length];
    double[] variance = new double[mean.length];
    for (float[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i];
      }
    }
    Arrays.setAll(mean, i -> mean[i] / rows.length);
    for (float[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        variance[i] += (row[i] - mean[i]) * (row[i] - mean[i]);
      }
    }
    double[] scale = new double[mean.length];
    Arrays.setAll(
        scale,
        i -> {
          double deviation = Math.sqrt(variance[i] / rows.length);
          // What rounding leaves of a constant is no variance.
          return deviation <= 1e-6 * Math.abs(mean[i]) ? 0 : 1 / deviation;
        });
    for (float[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        row[i] = scale[i] == 0 ? 0 : (float) ((row[i] - mean[i]) * scale[i]);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureMatrix matrix
        && Arrays.equals(names, matrix.names)
        && Arrays.deepEquals(rows, matrix.rows);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(names), Arrays.deepHashCode(rows));
  }

  @Override
  public String toString() {
    return "FeatureMatrix(%d x %d)".formatted(examples(), columns());
  }
}
