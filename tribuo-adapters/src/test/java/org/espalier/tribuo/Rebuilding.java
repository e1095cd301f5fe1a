package org.espalier.tribuo;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;

/** What ReproUtil does, which is not on Maven Central. */
public final class Rebuilding {

  private Rebuilding() {}

  /**
   * Returns the trainer that a model's provenance describes, in the state it was in.
   *
   * @param folder for its configuration
   */
  @SuppressWarnings("unchecked")
  public static <T extends Output<T>> Trainer<T> trainer(Model<T> model, Path folder)
      throws IOException {
    var provenance = model.getProvenance().getTrainerProvenance();
    List<ConfigurationData> data = ProvenanceUtil.extractConfiguration(provenance);
    Path file = folder.resolve("rebuilt.xml");
    try (ConfigurationManager written = new ConfigurationManager()) {
      written.addConfiguration(data);
      written.save(file.toFile(), true);
    }
    try (ConfigurationManager read = new ConfigurationManager(file.toString())) {
      var trainer = (Trainer<T>) read.lookup(data.get(0).getName());
      var count = (IntProvenance) provenance.getInstanceValues().get("train-invocation-count");
      trainer.setInvocationCount(count.getValue());
      return trainer;
    }
  }
}
