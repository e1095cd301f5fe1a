package org.espalier.hw.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.espalier.hw.workload.Workload;
import org.espalier.sparse.InvalidInputException;

/** The workloads that come with Espalier: files in the format of {@link WorkloadFile}. */
public final class Workloads {

  /** To add one: a file of this name under {@value #FOLDER}, and a line here. */
  private static final List<String> NAMES =
      List.of("alexnet", "bert-base", "eyeriss-v2-mobilenet", "mobilenet-v1", "resnet50");

  private static final String FOLDER = "/org/espalier/hw/workload/";

  private Workloads() {}

  /** Returns the names, in alphabetic order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Returns a workload.
   *
   * @param name one of {@link #names}
   * @throws InvalidInputException if there is none of that name
   */
  public static Workload named(String name) {
    if (!NAMES.contains(name)) {
      throw new InvalidInputException(
          "workload",
          "one of " + String.join(", ", NAMES),
          "'" + name + "'",
          "name one of them, or a YAML file with layers");
    }
    String file = name + ".yaml";
    try (InputStream in = Workloads.class.getResourceAsStream(FOLDER + file)) {
      return WorkloadFile.workload(YamlText.read(file, in), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
