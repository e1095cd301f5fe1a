package org.espalier.experiments.structured;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.espalier.sparse.io.AtomicFile;

/**
 * What was found of a network.
 *
 * @param name of it
 * @param lines of the table, in Markdown
 * @param faster how much faster it is without half of its operations, for each batch; may be empty
 */
record ZooResult(String name, String lines, List<Double> faster) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ZooResult read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), ZooResult.class);
  }

  void write(Path file) {
    AtomicFile.write(file, stream -> stream.write(JSON.writeValueAsBytes(this)));
  }
}
