package org.espalier.experiments.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.classification.Label;

/** The published tables, where the files are at hand. */
class RealTabularTest {

  @TempDir Path folder;

  private DataFolder data() {
    Path data =
        Path.of(System.getProperty("espalier.data", "../../shared/data"))
            .toAbsolutePath()
            .normalize();
    assumeTrue(
        Files.isDirectory(data.resolve("tabular")),
        "SKIPPED: no tables at " + data + "; name the folder of tabular by -Despalier.data=DIR");
    return new DataFolder(data, folder);
  }

  @Test
  void tablesHaveTheCountsOfTheirAuthors() throws IOException {
    DataFolder data = data();
    Split<Label> adult = data.adult();
    assertEquals(32_561, adult.trainSet().size());
    assertEquals(16_281, adult.testSet().size());
    assertEquals(2, adult.trainSet().getOutputInfo().size());
    assertEquals(3_823, data.optdigits().trainSet().size());
    assertEquals(1_797, data.optdigits().testSet().size());
    assertEquals(105, data.iris().trainSet().size());
    assertEquals(45, data.iris().testSet().size());
    assertEquals(1_599 + 4_898, data.wine().trainSet().size() + data.wine().testSet().size());
  }

  @Test
  @SuppressWarnings("unchecked") // Adult has labels.
  void nineTenthsOfTheWeightsAreNotMissedOnAdult() throws IOException {
    Problem<Label> adult = (Problem<Label>) Problems.load("adult", data(), false);
    double[] scores = new double[2];
    for (int i = 0; i < 2; i++) {
      var model = adult.contestants().get(i).trainer().apply(1).train(adult.train());
      scores[i] = adult.measure().judge().of(model, adult.test());
    }
    assertTrue(scores[0] > 84, "dense " + scores[0]);
    assertTrue(scores[1] > scores[0] - 1, "dense " + scores[0] + ", sparse " + scores[1]);
  }
}
