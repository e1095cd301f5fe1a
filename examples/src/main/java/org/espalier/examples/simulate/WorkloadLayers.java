package org.espalier.examples.simulate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.hw.file.WorkloadFile;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.workload.Workload;

/**
 * A workload of Espalier's, or a YAML file: what ends in .yaml or .yml, or is a file, is one.
 *
 * @param name of a workload, or of a file
 */
public record WorkloadLayers(String name) implements LayerSource {

  @Override
  public List<Path> inputs() {
    return isFile(name) ? List.of(Path.of(name)) : List.of();
  }

  @Override
  public Workload load() {
    return isFile(name) ? WorkloadFile.read(Path.of(name)) : Workloads.named(name);
  }

  /** Returns whether a name means a YAML file, also one that does not exist. */
  static boolean isFile(String name) {
    return name.endsWith(".yaml") || name.endsWith(".yml") || Files.isRegularFile(Path.of(name));
  }
}
