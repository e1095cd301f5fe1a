package org.espalier.tribuo.selection;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.Dataset;
import org.tribuo.FeatureSelector;
import org.tribuo.Output;
import org.tribuo.SelectedFeatureSet;
import org.tribuo.provenance.FeatureSelectorProvenance;
import org.tribuo.provenance.FeatureSetProvenance;
import org.tribuo.provenance.impl.FeatureSelectorProvenanceImpl;

/**
 * What all selectors here have in common: features are standardised, each gets a score, and the k
 * with the highest are selected, best first; of equal scores the lower feature id comes first. A
 * selection is a function of the properties and the data alone, however often it is repeated.
 *
 * @param <T> the outputs of the data sets
 */
public abstract class RankedFeatureSelector<T extends Output<T>> implements FeatureSelector<T> {

  @ConfigurableName private String component;

  @Config(description = "Features to select, or -1 for all of them, ranked.")
  private int k;

  @Config(description = "Seed of everything random.")
  private long seed;

  /**
   * @param k features to select, at least 1, or {@link FeatureSelector#SELECT_ALL}
   * @param seed of everything random
   */
  RankedFeatureSelector(int k, long seed) {
    this.k = k;
    this.seed = seed;
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    require(k == SELECT_ALL || k >= 1, "k", "at least 1 feature, or -1 for all", k);
  }

  /** Returns true: the best feature comes first. */
  @Override
  public boolean isOrdered() {
    return true;
  }

  /**
   * Selects features.
   *
   * @return names, best first, with their scores
   * @throws IllegalArgumentException if the data set is empty, has fewer than k features, has
   *     values that are not finite, or outputs that the selector cannot use
   * @throws InvalidInputException if the training of the network diverged
   */
  @Override
  public SelectedFeatureSet select(Dataset<T> dataset) {
    if (dataset.size() == 0) {
      throw new IllegalArgumentException("Features cannot be selected from an empty dataset.");
    }
    requireOutputs(dataset);
    FeatureMatrix features = FeatureMatrix.of(dataset);
    int count = k == SELECT_ALL ? features.columns() : k;
    if (count > features.columns()) {
      throw new IllegalArgumentException(
          "k = %d features cannot be selected from a dataset that has %d; lower k"
              .formatted(k, features.columns()));
    }
    double[] scores = scores(dataset, features, count);
    for (double score : scores) {
      if (Double.isNaN(score)) {
        throw new InvalidInputException(
            "learningRate",
            "a training that converges",
            "scores that are not numbers",
            "lower the learning rate");
      }
    }
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
        .limit(count)
        .forEach(
            i -> {
              names.add(features.name(i));
              values.add(scores[i]);
            });
    return new SelectedFeatureSet(
        names,
        values,
        true,
        new FeatureSetProvenance(
            SelectedFeatureSet.class.getName(), dataset.getProvenance(), getProvenance()));
  }

  @Override
  public FeatureSelectorProvenance getProvenance() {
    return new FeatureSelectorProvenanceImpl(this);
  }

  /** Refuses outputs that the selector cannot learn from. */
  abstract void requireOutputs(Dataset<T> dataset);

  /**
   * Returns a score per feature id; higher is better. What is not among the best {@code count} may
   * have any lower score.
   */
  abstract double[] scores(Dataset<T> dataset, FeatureMatrix features, int count);

  final long seed() {
    return seed;
  }

  /** Refuses a property. */
  final void require(boolean holds, String property, String expected, Object found) {
    if (!holds) {
      throw new PropertyException(
          component, property, "expected " + expected + ", found " + found + "; correct it");
    }
  }
}
