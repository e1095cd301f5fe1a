package org.espalier.examples.simulate;

import java.nio.file.Path;
import java.util.List;
import org.espalier.hw.workload.Workload;

/** Where the layers of a simulation come from. */
public interface LayerSource {

  /** Returns the files that are read, so that nothing is written over them. */
  List<Path> inputs();

  /**
   * Reads the layers.
   *
   * @throws org.espalier.sparse.InvalidInputException if a file does not hold
   */
  Workload load();
}
