package org.espalier.experiments;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.espalier.experiments.features.FeatureSelectionStudy;
import org.espalier.experiments.hardware.CpuModelStudy;
import org.espalier.experiments.hardware.ValidationStudy;
import org.espalier.experiments.structured.FashionStudy;
import org.espalier.experiments.structured.StructuredStudy;
import org.espalier.experiments.survival.SurvivalStudy;
import org.espalier.experiments.tribuo.TribuoStudy;
import picocli.CommandLine;

/** Entry point of the experiments: {@code benchmarks NAME --data-dir DIR --out DIR}. */
public final class Experiments {

  private static final Map<String, Supplier<Callable<Integer>>> STUDIES = new TreeMap<>();

  static {
    STUDIES.put("cifar", CifarStudy::new);
    STUDIES.put("compression", CompressionStudy::new);
    STUDIES.put("cpu-model", CpuModelStudy::new);
    STUDIES.put("fashion", FashionStudy::new);
    STUDIES.put("feature-selection", FeatureSelectionStudy::new);
    STUDIES.put("gates", GatesStudy::new);
    STUDIES.put("initialization", InitializationStudy::new);
    STUDIES.put("lottery", LotteryStudy::new);
    STUDIES.put("sparse-training", SparseTrainingStudy::new);
    STUDIES.put("structured", StructuredStudy::new);
    STUDIES.put("survival", SurvivalStudy::new);
    STUDIES.put("tribuo", TribuoStudy::new);
    STUDIES.put("validation", ValidationStudy::new);
  }

  private Experiments() {}

  /** Returns what {@link #main} knows by its first argument. */
  public static Set<String> names() {
    return STUDIES.keySet();
  }

  /** Runs what the first argument names and ends the process. */
  public static void main(String[] arguments) {
    String[] options = Arrays.copyOfRange(arguments, 1, arguments.length);
    System.exit(new CommandLine(STUDIES.get(arguments[0]).get()).execute(options));
  }
}
