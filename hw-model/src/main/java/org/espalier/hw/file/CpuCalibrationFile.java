package org.espalier.hw.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.hw.arch.CacheSizes;
import org.espalier.hw.cpu.Conditions;
import org.espalier.hw.cpu.CpuCalibration;
import org.espalier.hw.cpu.KernelFamily;
import org.espalier.sparse.io.AtomicFile;

/** Calibrations of processors as JSON: conditions, and ns per unit of each term of each family. */
public final class CpuCalibrationFile {

  private static final String FORMAT = "espalier-cpu-calibration-1";
  private static final double MOST_NS = 1e12;

  /** Of a cost in ns: more would be noise. */
  private static final int DECIMALS = 9;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private CpuCalibrationFile() {}

  /**
   * Writes a calibration, whole or not at all.
   *
   * @throws org.espalier.sparse.OutputException if the file cannot be written
   */
  public static void write(Path file, CpuCalibration calibration) {
    Conditions conditions = calibration.conditions();
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT)
        .put("processor", conditions.processor())
        .put("java", conditions.java())
        .put("kernels", conditions.kernels())
        .put("lanes", conditions.lanes())
        .put("threads", conditions.threads())
        .put("first_level_bytes", conditions.caches().firstLevelBytes())
        .put("second_level_bytes", conditions.caches().secondLevelBytes())
        .put("fma_peak_gflops_per_core", conditions.peakGflops())
        .put("dense_library", conditions.library())
        .put("date", conditions.date());
    ObjectNode costs = root.putObject("unit_ns");
    calibration
        .unitNs()
        .forEach(
            (family, units) -> {
              ObjectNode node = costs.putObject(family.text());
              for (int i = 0; i < units.size(); i++) {
                node.put(family.terms().get(i), rounded(units.get(i)));
              }
            });
    AtomicFile.write(file, out -> out.write(MAPPER.writeValueAsBytes(root)));
  }

  /**
   * Reads a calibration of this machine.
   *
   * @throws org.espalier.sparse.InvalidInputException if the file is damaged, or was measured on
   *     another processor, JVM or with other kernels: naming file, line and cure
   */
  public static CpuCalibration read(Path file) {
    CpuCalibration calibration = parse(YamlText.read(file));
    calibration.conditions().requireHere(file.toString());
    return calibration;
  }

  /** Reads a calibration of any machine. */
  static CpuCalibration parse(FileNode root) {
    root.required("format").oneOf(FORMAT);
    int first = root.required("first_level_bytes").size();
    Conditions conditions =
        new Conditions(
            root.required("processor").text(),
            root.required("java").text(),
            root.required("kernels").text(),
            root.required("lanes").integer(1, 64),
            root.required("threads").integer(1, 256),
            new CacheSizes(
                first, root.required("second_level_bytes").integer(first, Integer.MAX_VALUE)),
            root.required("fma_peak_gflops_per_core").number(1e-3, 1e6),
            root.required("dense_library").text(),
            root.required("date").text());
    FileNode costs = root.required("unit_ns");
    Map<KernelFamily, List<Double>> units = new EnumMap<>(KernelFamily.class);
    for (KernelFamily family : KernelFamily.values()) {
      costs.optional(family.text()).ifPresent(node -> units.put(family, units(family, node)));
    }
    root.requireAllRead();
    return new CpuCalibration(conditions, units);
  }

  private static double rounded(double ns) {
    return BigDecimal.valueOf(ns).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static List<Double> units(KernelFamily family, FileNode node) {
    List<Double> units = new ArrayList<>();
    for (String term : family.terms()) {
      units.add(node.required(term).number(0, MOST_NS));
    }
    return units;
  }
}
