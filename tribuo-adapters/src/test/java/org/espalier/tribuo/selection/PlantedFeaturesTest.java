package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.Dataset;
import org.tribuo.FeatureSelector;
import org.tribuo.Output;
import org.tribuo.SelectedFeatureSet;
import org.tribuo.classification.Label;
import org.tribuo.dataset.SelectedFeatureDataset;
import org.tribuo.regression.Regressor;

/** Every supervised selector finds the features that the outputs are made of. */
class PlantedFeaturesTest {

  /** The selectors, by what they are made from. */
  enum Method {
    SENSITIVITY {
      @Override
      <T extends Output<T>> FeatureSelector<T> of(int k) {
        return new SensitivitySelector<>(k, NETWORK);
      }
    },
    CELL_DAMAGE {
      @Override
      <T extends Output<T>> FeatureSelector<T> of(int k) {
        return new CellDamageSelector<>(k, NETWORK);
      }
    },
    COMPENSATED {
      @Override
      <T extends Output<T>> FeatureSelector<T> of(int k) {
        return new CompensationSelector<>(k, NETWORK, Contribution.COMPENSATED);
      }
    },
    INITIAL {
      @Override
      <T extends Output<T>> FeatureSelector<T> of(int k) {
        return new CompensationSelector<>(k, NETWORK, Contribution.INITIAL);
      }
    },
    GROUP_LASSO {
      @Override
      <T extends Output<T>> FeatureSelector<T> of(int k) {
        return new GroupLassoSelector<>(k, NETWORK);
      }
    };

    private static final NetworkSettings NETWORK = NetworkSettings.DEFAULT.withHidden(10);

    abstract <T extends Output<T>> FeatureSelector<T> of(int k);
  }

  @BeforeAll
  static void silence() {
    PlantedData.silenceTribuo();
  }

  private static <T extends Output<T>> SelectedFeatureSet check(
      Method method, Dataset<T> data, Set<String> planted) {
    SelectedFeatureSet selected = method.<T>of(planted.size()).select(data);
    assertEquals(planted, Set.copyOf(selected.featureNames()));
    assertTrue(selected.isOrdered());
    requireDescending(selected.featureScores());
    return selected;
  }

  private static void requireDescending(List<Double> scores) {
    for (int i = 1; i < scores.size(); i++) {
      assertTrue(scores.get(i - 1) >= scores.get(i), scores.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void allFeaturesAreRanked(Method method) {
    Dataset<Regressor> data = PlantedData.linearNumbers(300);
    SelectedFeatureSet all = method.<Regressor>of(FeatureSelector.SELECT_ALL).select(data);
    assertEquals(PlantedData.FEATURES, Set.copyOf(all.featureNames()).size());
    assertEquals(PlantedData.LINEAR, Set.copyOf(all.featureNames().subList(0, 3)));
    requireDescending(all.featureScores());
  }

  @ParameterizedTest
  @EnumSource
  void linearLabels(Method method) {
    Dataset<Label> data = PlantedData.linearLabels(400);
    SelectedFeatureSet selected = check(method, data, PlantedData.LINEAR);
    assertEquals("f05", selected.featureNames().get(0));
    var two = new SelectedFeatureDataset<>(data, selected, 2);
    assertEquals(Set.copyOf(selected.featureNames().subList(0, 2)), two.getSelectedFeatures());
    assertEquals(2, two.getFeatureMap().size());
  }

  @ParameterizedTest
  @EnumSource
  void xorLabels(Method method) {
    check(method, PlantedData.xorLabels(500), PlantedData.XOR);
  }

  @ParameterizedTest
  @EnumSource
  void linearNumbers(Method method) {
    Dataset<Regressor> data = PlantedData.linearNumbers(300);
    check(method, data, PlantedData.LINEAR);
  }

  @ParameterizedTest
  @EnumSource
  void productNumbers(Method method) {
    check(method, PlantedData.productNumbers(400), PlantedData.XOR);
  }

  @ParameterizedTest
  @EnumSource
  void friedman(Method method) {
    check(method, PlantedData.friedman(800), PlantedData.FRIEDMAN);
  }
}
