package org.espalier.hw.file;

import java.nio.file.Path;
import java.util.List;
import org.espalier.hw.workload.Workload;
import org.espalier.sparse.InvalidInputException;

/**
 * Workloads in YAML:
 *
 * <pre>
 * name: two layers              # optional
 * layers:
 *   - {name: fc6, kind: gemm, m: 4096, k: 9216, n: 1, dtype: int16,
 *      pattern: unstructured, weight_density: 0.09, activation_density: 0.351}
 *   - {name: conv1, kind: conv, in_channels: 3, out_channels: 96, kernel: 11, input: [227, 227],
 *      stride: 4, padding: 0, groups: 1, batch: 1}
 * </pre>
 *
 * <p>See {@link LayerText} for the keys of a layer.
 */
public final class WorkloadFile {

  private WorkloadFile() {}

  /**
   * Reads a workload.
   *
   * @throws InvalidInputException with file, line and key of the first thing that is wrong
   */
  public static Workload read(Path file) {
    Path name = file.getFileName();
    return workload(YamlText.read(file), name == null ? file.toString() : name.toString());
  }

  /** Returns the workload of a root. */
  static Workload workload(FileNode root, String defaultName) {
    String name = root.optional("name").map(FileNode::text).orElse(defaultName);
    List<FileNode> items = root.required("layers").items();
    Workload workload = new Workload(name, items.stream().map(LayerText::read).toList());
    root.requireAllRead();
    return workload;
  }
}
