package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.SelectedFeatureSet;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.dataset.SelectedFeatureDataset;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** QuickSelection finds features that hang together, without a look at the outputs. */
class QuickSelectionTest {

  private static final int FEATURES = 60;
  private static final int PLANTED = 15;

  @BeforeAll
  static void silence() {
    PlantedData.silenceTribuo();
  }

  /** The first 15 features are made of 3 hidden factors and a little noise; 45 are noise alone. */
  private static double[][] rows() {
    Random random = new Random(11);
    double[][] rows = new double[400][FEATURES];
    for (double[] row : rows) {
      double[] factors = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      for (int f = 0; f < FEATURES; f++) {
        row[f] = f < PLANTED ? factors[f % 3] + 0.3 * random.nextGaussian() : random.nextGaussian();
      }
    }
    return rows;
  }

  private static Dataset<Regressor> regressors() {
    List<Example<Regressor>> list = new ArrayList<>();
    for (double[] row : rows()) {
      list.add(PlantedData.example(new Regressor("y", row[0]), row));
    }
    return PlantedData.dataset(list, new RegressionFactory());
  }

  private static Dataset<Label> unlabeled() {
    List<Example<Label>> list = new ArrayList<>();
    for (double[] row : rows()) {
      list.add(PlantedData.example(LabelFactory.UNKNOWN_LABEL, row));
    }
    return PlantedData.dataset(list, new LabelFactory());
  }

  @Test
  void featuresThatHangTogetherAreStrong() {
    SelectedFeatureSet selected =
        new QuickSelection<Regressor>(PLANTED, 30, 5).select(regressors());
    assertEquals(
        IntStream.range(0, PLANTED).mapToObj(PlantedData::name).collect(Collectors.toSet()),
        java.util.Set.copyOf(selected.featureNames()));
    var data = new SelectedFeatureDataset<>(regressors(), selected, 4);
    assertEquals(4, data.getFeatureMap().size());
  }

  @Test
  void outputsAreNotLookedAt() {
    var known = new QuickSelection<Regressor>(10, 3, 5).select(regressors());
    var unknown = new QuickSelection<Label>(10, 3, 5).select(unlabeled());
    assertEquals(known.featureNames(), unknown.featureNames());
    assertEquals(known.featureScores(), unknown.featureScores());
  }

  @Test
  void seedsDecide() {
    QuickSelection<Label> selector = new QuickSelection<>(-1, 2, 5);
    var first = selector.select(unlabeled());
    assertEquals(first.featureScores(), selector.select(unlabeled()).featureScores());
    assertEquals(FEATURES, first.featureNames().size());
    assertNotEquals(
        first.featureScores(),
        new QuickSelection<Label>(-1, 2, 6).select(unlabeled()).featureScores());
    assertTrue(first.featureScores().get(0) > first.featureScores().get(FEATURES - 1));
  }
}
