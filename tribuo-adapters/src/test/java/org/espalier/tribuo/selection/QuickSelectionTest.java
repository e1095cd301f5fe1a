package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.FeatureSelector;
import org.tribuo.Output;
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

  /** As many of the planted as must come before all noise. */
  private static final int STRONG = 12;

  @BeforeAll
  static void silence() {
    PlantedData.silenceTribuo();
  }

  /** The first 15 features are made of 2 hidden factors and a little noise; 45 are noise alone. */
  private static double[][] rows() {
    Random random = new Random(11);
    double[][] rows = new double[400][FEATURES];
    for (double[] row : rows) {
      double[] factors = {random.nextGaussian(), random.nextGaussian()};
      for (int f = 0; f < FEATURES; f++) {
        row[f] = f < PLANTED ? factors[f % 2] + 0.3 * random.nextGaussian() : random.nextGaussian();
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

  @TempDir private static Path folder;

  /** A selector with a narrow network, which is a sparse one: 5 (60 + 10) of 600 places. */
  @SuppressWarnings("unchecked")
  private static <T extends Output<T>> FeatureSelector<T> selector(int k, long seed)
      throws IOException {
    Path file = folder.resolve("narrow.xml");
    Files.writeString(
        file,
        """
        <config>
          <component name="narrow" type="org.espalier.tribuo.selection.QuickSelection">
            <property name="k" value="%d"/>
            <property name="hidden" value="10"/>
            <property name="epsilon" value="5"/>
            <property name="noise" value="0.6"/>
            <property name="batchSize" value="10"/>
            <property name="epochs" value="3"/>
            <property name="seed" value="%d"/>
          </component>
        </config>
        """
            .formatted(k, seed));
    try (ConfigurationManager manager = new ConfigurationManager(file.toString())) {
      return (FeatureSelector<T>) manager.lookup("narrow");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void featuresThatHangTogetherAreStrong(long seed) throws IOException {
    SelectedFeatureSet selected =
        QuickSelectionTest.<Regressor>selector(STRONG, seed).select(regressors());
    Set<String> planted =
        IntStream.range(0, PLANTED).mapToObj(PlantedData::name).collect(Collectors.toSet());
    assertTrue(planted.containsAll(selected.featureNames()), selected.toString());
    var data = new SelectedFeatureDataset<>(regressors(), selected, 4);
    assertEquals(Set.copyOf(selected.featureNames().subList(0, 4)), data.getSelectedFeatures());
    assertEquals(4, data.getFeatureMap().size());
  }

  @Test
  void outputsAreNotLookedAt() throws IOException {
    var known = QuickSelectionTest.<Regressor>selector(10, 5).select(regressors());
    var unknown = QuickSelectionTest.<Label>selector(10, 5).select(unlabeled());
    assertEquals(known.featureNames(), unknown.featureNames());
    assertEquals(known.featureScores(), unknown.featureScores());
  }

  @Test
  void seedsDecide() throws IOException {
    FeatureSelector<Label> selector = selector(-1, 5);
    var first = selector.select(unlabeled());
    assertEquals(first.featureScores(), selector.select(unlabeled()).featureScores());
    assertEquals(FEATURES, first.featureNames().size());
    assertNotEquals(
        first.featureScores(),
        QuickSelectionTest.<Label>selector(-1, 6).select(unlabeled()).featureScores());
    for (int i = 1; i < FEATURES; i++) {
      assertTrue(first.featureScores().get(i - 1) >= first.featureScores().get(i));
    }
  }

  @Test
  void thePaperIsTheDefault() {
    var parameters = new QuickSelection<Label>(50, 10, 1).getProvenance().getConfiguredParameters();
    var expected =
        Map.of(
            "hidden", "1000",
            "epsilon", "13.0",
            "zeta", "0.2",
            "noise", "0.2",
            "learningRate", "0.01",
            "momentum", "0.9",
            "weightDecay", "1.0E-5",
            "batchSize", "100");
    expected.forEach((name, value) -> assertEquals(value, parameters.get(name).toString()));
  }
}
