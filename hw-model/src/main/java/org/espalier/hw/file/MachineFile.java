package org.espalier.hw.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.machine.Accelerator;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.sparse.InvalidInputException;

/**
 * Accelerators in YAML. {@link AcceleratorText} lists the keys, {@link #schema} is for editors:
 *
 * <pre>
 * name: edge-npu
 * clock: 800 MHz
 * units: 16
 * macs: [4, 4]
 * skipping: both
 * format: {weights: csr, activations: bitmask}
 * mac_energy: 0.3 pJ
 * memory:
 *   - {name: SRAM, capacity: 512 KiB, bandwidth: 102.4 GB/s, energy: 2.5 pJ/B}
 *   - {name: DRAM, capacity: 1 GiB, bandwidth: 12.8 GB/s, energy: 160 pJ/B}
 * </pre>
 */
public final class MachineFile {

  private static final List<String> EXAMPLES =
      List.of("cnn-both-sides", "edge-npu", "weights-only");
  private static final String FOLDER = "/org/espalier/hw/machine/";

  private MachineFile() {}

  /** Returns the machine of a file, with the usual options. */
  public static Machine read(Path file) {
    return read(file, MachineOptions.DEFAULT);
  }

  /**
   * Returns the machine of a file.
   *
   * @throws InvalidInputException with file, line and key of the first thing that is wrong
   */
  public static Machine read(Path file, MachineOptions options) {
    return new Accelerator(AcceleratorText.read(YamlText.read(file)), options);
  }

  /** Returns the names of the machine files that come with Espalier, to start from. */
  public static List<String> examples() {
    return EXAMPLES;
  }

  /**
   * Returns the text of a machine file that comes with Espalier.
   *
   * @param name one of {@link #examples}
   */
  public static String example(String name) {
    if (!EXAMPLES.contains(name)) {
      throw new IllegalArgumentException("no example '" + name + "' among " + EXAMPLES);
    }
    return resource(FOLDER + name + ".yaml");
  }

  /** Returns the JSON schema of machine files. */
  public static String schema() {
    return resource("/org/espalier/hw/machine.schema.json");
  }

  private static String resource(String path) {
    try (InputStream in = MachineFile.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
