package org.espalier.tribuo.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.FeatureSelector;
import org.tribuo.MutableDataset;
import org.tribuo.SelectedFeatureSet;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;

/** Selectors from configuration files, configurations from provenance, and what is refused. */
class SelectorConfigurationTest {

  private static final Path SHIPPED = Path.of("configs/feature-selection.xml");

  @TempDir Path folder;

  @BeforeAll
  static void silence() {
    PlantedData.silenceTribuo();
  }

  private static final Dataset<Label> DATA = PlantedData.linearLabels(100);

  @SuppressWarnings("unchecked")
  private static FeatureSelector<Label> lookup(Path file, String name) {
    try (ConfigurationManager manager = new ConfigurationManager(file.toString())) {
      return (FeatureSelector<Label>) manager.lookup(name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"quick-selection", "sensitivity", "cell-damage", "compensation", "group-lasso"})
  void provenanceRebuildsTheSelectionOfTheShippedFile(String name) throws IOException {
    FeatureSelector<Label> selector = lookup(SHIPPED, name);
    SelectedFeatureSet selected = selector.select(DATA);
    assertEquals(3, selected.featureNames().size());
    assertTrue(selected.isOrdered());
    assertEquals(selector.getProvenance(), selected.getProvenance().getFeatureSelectorProvenance());
    assertEquals(DATA.getProvenance(), selected.getProvenance().getDatasetProvenance());

    List<ConfigurationData> data =
        ProvenanceUtil.extractConfiguration(
            selected.getProvenance().getFeatureSelectorProvenance());
    Path file = folder.resolve("rebuilt.xml");
    try (ConfigurationManager written = new ConfigurationManager()) {
      written.addConfiguration(data);
      written.save(file.toFile(), true);
    }
    FeatureSelector<Label> again = lookup(file, data.get(0).getName());
    assertEquals(selector.getClass(), again.getClass());
    assertEquals(selector.getProvenance(), again.getProvenance());
    SelectedFeatureSet repeated = again.select(DATA);
    assertEquals(selected.featureNames(), repeated.featureNames());
    assertEquals(selected.featureScores(), repeated.featureScores());
    assertEquals(selected.getProvenance(), repeated.getProvenance());
  }

  @Test
  void provenanceSurvivesMarshallingAndTheFeatureSetItsFile() throws IOException {
    SelectedFeatureSet selected = lookup(SHIPPED, "compensation").select(DATA);
    var provenance = selected.getProvenance();
    assertEquals(
        provenance,
        ProvenanceUtil.unmarshalProvenance(ProvenanceUtil.marshalProvenance(provenance)));
    var read =
        SelectedFeatureSet.deserializeFromProto(
            selected.serialize().getVersion(),
            selected.serialize().getClassName(),
            selected.serialize().getSerializedData());
    assertEquals(selected, read);
  }

  @ParameterizedTest
  @CsvSource({
    "QuickSelection, k, 0",
    "QuickSelection, k, -2",
    "QuickSelection, hidden, 0",
    "QuickSelection, epsilon, 0",
    "QuickSelection, zeta, 1.5",
    "QuickSelection, noise, -1",
    "QuickSelection, dropout, 1",
    "QuickSelection, epochs, 0",
    "QuickSelection, batchSize, 0",
    "QuickSelection, learningRate, 0",
    "QuickSelection, momentum, 1",
    "QuickSelection, weightDecay, -0.1",
    "SensitivitySelector, k, 0",
    "SensitivitySelector, hidden, 0",
    "SensitivitySelector, epochs, 0",
    "SensitivitySelector, batchSize, 0",
    "SensitivitySelector, learningRate, NaN",
    "SensitivitySelector, weightDecay, -1",
    "SensitivitySelector, alpha, 1",
    "SensitivitySelector, nullVariance, 0",
    "SensitivitySelector, retrainEpochs, -1",
    "CellDamageSelector, share, 0",
    "CellDamageSelector, retrainEpochs, -1",
    "CompensationSelector, k, 0",
    "GroupLassoSelector, penalty, 0",
    "GroupLassoSelector, growth, 1",
    "GroupLassoSelector, stageEpochs, 0",
    "GroupLassoSelector, stageBatch, 0",
    "GroupLassoSelector, stageRate, -1"
  })
  void propertiesOutOfRangeAreRefusedByName(String type, String property, String value)
      throws IOException {
    Path file = folder.resolve("bad.xml");
    Files.writeString(
        file,
        "<config><component name=\"mine\" type=\"org.espalier.tribuo.selection.%s\"><property name=\"%s\" value=\"%s\"/></component></config>"
            .formatted(type, property, value));
    var e = assertThrows(PropertyException.class, () -> lookup(file, "mine"));
    assertTrue(e.getMessage().contains("mine"), e.getMessage());
    assertTrue(e.getMessage().contains(property), e.getMessage());
    assertTrue(e.getMessage().contains("expected"), e.getMessage());
  }

  private static void refused(
      String message, FeatureSelector<Label> selector, Dataset<Label> data) {
    var e = assertThrows(IllegalArgumentException.class, () -> selector.select(data));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static FeatureSelector<Label> small(int k) {
    return new CellDamageSelector<>(k, NetworkSettings.DEFAULT.withEpochs(1));
  }

  private static Dataset<Label> of(Example<Label> example) {
    return PlantedData.dataset(List.of(example), new LabelFactory());
  }

  @Test
  void dataThatCannotBeUsedIsRefused() {
    Dataset<Label> empty =
        new MutableDataset<>(DATA.getSourceProvenance(), DATA.getOutputFactory());
    refused("empty dataset", small(3), empty);
    refused("empty dataset", new QuickSelection<>(3, 1, 1), empty);
    refused("k = 13 features", small(13), DATA);
    refused("k = 13 features", new QuickSelection<>(13, 1, 1), DATA);
    refused("unknown outputs", small(1), of(PlantedData.example(LabelFactory.UNKNOWN_LABEL, 1)));
    refused("at least two labels", small(1), of(PlantedData.example(new Label("a"), 1)));
    List<Example<Label>> list = new ArrayList<>();
    list.add(PlantedData.example(new Label("a"), 1, 2));
    list.add(PlantedData.example(new Label("b"), 1, Double.POSITIVE_INFINITY));
    refused("f01", small(1), PlantedData.dataset(list, new LabelFactory()));
  }

  @Test
  void otherOutputsAreRefusedByTheSupervised() {
    var example = new ArrayExample<>(new MultiLabel("a"), new String[] {"x"}, new double[] {1});
    Dataset<MultiLabel> data = PlantedData.dataset(List.of(example), new MultiLabelFactory());
    var selector = new CellDamageSelector<MultiLabel>(1, NetworkSettings.DEFAULT);
    var e = assertThrows(IllegalArgumentException.class, () -> selector.select(data));
    assertTrue(e.getMessage().contains("MultiLabel"), e.getMessage());
  }

  @Test
  void trainingThatDivergesIsReported() throws IOException {
    Path file = folder.resolve("wild.xml");
    Files.writeString(
        file,
        Files.readString(SHIPPED)
            .replace("name=\"epsilon\" value=\"5\"", "name=\"learningRate\" value=\"1e30\""));
    var e =
        assertThrows(
            InvalidInputException.class, () -> lookup(file, "quick-selection").select(DATA));
    assertTrue(e.getMessage().contains("lower the learning rate"), e.getMessage());
  }

  @Test
  void featuresThatAreAbsentAreZeros() {
    List<Example<Label>> list = new ArrayList<>();
    for (int e = 0; e < 4; e++) {
      ArrayExample<Label> example = new ArrayExample<>(new Label(e % 2 == 0 ? "a" : "b"));
      example.add("always", 5);
      if (e % 2 == 0) {
        example.add("sometimes", 3);
      }
      list.add(example);
    }
    FeatureMatrix matrix = FeatureMatrix.of(PlantedData.dataset(list, new LabelFactory()));
    assertEquals(List.of("always", "sometimes"), List.of(matrix.names()));
    // 3, 0, 3, 0 has mean 1.5 and deviation 1.5.
    assertEquals(
        List.of(0f, 1f, 0f, -1f),
        List.of(
            matrix.rows()[0][0], matrix.rows()[0][1], matrix.rows()[1][0], matrix.rows()[1][1]));
  }
}
