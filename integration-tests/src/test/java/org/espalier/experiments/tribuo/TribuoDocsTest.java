package org.espalier.experiments.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.tribuo.network.SparseNetworkModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;

/** What docs/tribuo.md shows, run as it stands there. */
class TribuoDocsTest {

  @TempDir Path folder;

  private static String xml() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "tribuo.md"));
    int begin = page.indexOf("```xml\n") + "```xml\n".length();
    return page.substring(begin, page.indexOf("```", begin));
  }

  @Test
  @SuppressWarnings("unchecked") // The configuration has a LabelAdapter.
  void theConfigurationTrainsAndTheModelComesBack() throws IOException {
    Path file = Files.writeString(folder.resolve("sparse-network.xml"), xml());
    Path saved = folder.resolve("model.tribuo");
    try (ConfigurationManager manager = new ConfigurationManager(file.toString())) {
      var trainer = (Trainer<Label>) manager.lookup("trainer");
      trainer.train(SmallData.labels()).serializeToFile(saved);
    }
    Model<Label> model = Model.deserializeFromFile(saved).castModel(Label.class);
    // 20 x 64, 64 x 32 and 32 x 2 weights keep 128, 204.8 and 6.4, rounded.
    double zeros = (1280 - 128) + (2048 - 205) + (64 - 6);
    assertEquals(zeros / (1280 + 2048 + 64), ((SparseNetworkModel<Label>) model).sparsity());
    double accuracy = Measure.accuracy().judge().of(model, SmallData.labels());
    assertTrue(accuracy > 90, "accuracy " + accuracy);
  }
}
