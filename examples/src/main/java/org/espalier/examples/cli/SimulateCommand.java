package org.espalier.examples.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.examples.simulate.LayerSource;
import org.espalier.examples.simulate.MachineCatalog;
import org.espalier.examples.simulate.SimulateJob;
import org.espalier.examples.simulate.SimulateOptions;
import org.espalier.examples.simulate.SweepRequest;
import org.espalier.examples.simulate.TensorLayers;
import org.espalier.examples.simulate.WorkloadLayers;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.workload.DataType;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier simulate}: what a machine makes of zeros. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    modelTransformer = Vocabulary.class,
    description = {
      "Predicts cycles, time, energy and load balance of layers on accelerators and processors,"
          + " with a verdict: whether the zeros pay, and why not where they do not.",
      "Layers come from a named workload, from a YAML file, or from the zeros of a tensor file."
          + " Machines are named or described in a YAML file; give --accelerator several times to"
          + " compare. docs/validation.md says how far predictions are from what was published.",
      "--list prints all names."
    })
final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = "--accelerator",
      paramLabel = "NAME|FILE.yaml",
      description = "Machine; may be repeated.")
  private List<String> accelerators = List.of();

  @Option(
      names = "--workload",
      paramLabel = "NAME|FILE.yaml",
      description =
          "Layers: a named workload, or a file with layers: [{name, kind: gemm, m, k, n, dtype,"
              + " pattern, weight_density, activation_density}]; kind: conv is documented in"
              + " docs/hardware.md.")
  private String workload;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Tensors, .npz or .safetensors, of weights or masks: the zeros of each tensor of two and"
              + " more axes are real ones. A kernel counts as its matrix view.")
  private Path weights;

  @Option(
      names = "--activation-density",
      paramLabel = "A",
      description = "With --weights: fraction of inputs that are not zero, in (0, 1]. Default: 1.")
  private Double activationDensity;

  @Option(
      names = "--activations",
      paramLabel = "FILE",
      description =
          "With --weights: real inputs. A tensor under the name of its weights, columns of the"
              + " matrix view x samples; replaces --activation-density and --batch.")
  private Path activations;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "With --weights: columns of the activations. Default: 1.")
  private Integer batch;

  @Option(
      names = "--dtype",
      paramLabel = "T",
      description = "With --weights: what the machine multiplies. Default: fp16.")
  private String dtype;

  @Option(
      names = "--pattern",
      paramLabel = "P",
      description = {
        "With --weights: what the machine is told of the zeros. Default: 2:4 where they lie so,"
            + " else unstructured. N:M keeps the N best of each M. One of:"
      })
  private String pattern;

  @Option(
      names = "--method",
      paramLabel = "simulate|analytic",
      defaultValue = "simulate",
      description =
          "Where a machine has both: cycle by cycle over the mask or one drawn from the density,"
              + " or by a formula. Default: simulate.")
  private MachineOptions.Method method;

  @Option(
      names = "--sweep",
      paramLabel = "PARAMETER=V,V,...",
      description =
          "Vary density (any machine), queue-depth or elements (eie, ese); the plot then shows"
              + " times over settings.")
  private String sweep;

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      description =
          "For the machine cpu: read this calibration, or measure and write it where the file does"
              + " not exist. Default: measure anew.")
  private Path calibration;

  @Option(names = "--list", description = "Print the names of machines and workloads.")
  private boolean list;

  @Option(names = "--json", paramLabel = "FILE", description = "Write rows[] for machines.")
  private Path json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw speed-ups by layer, or the sweep, .png or .svg.")
  private Path plot;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of masks that are drawn from densities. Default: 42.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of the machine cpu; predictions themselves take one. Default: 1.")
  private int threads;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Vocabulary.requireThreads(threads);
    MachineCatalog machines =
        new MachineCatalog(Optional.ofNullable(calibration), threads, spec.commandLine().getOut());
    if (list) {
      machines.print(spec.commandLine().getOut());
      return 0;
    }
    SimulateOptions options =
        new SimulateOptions(
            accelerators,
            source(),
            new MachineOptions(method, seed),
            Optional.ofNullable(sweep).map(SweepRequest::parse),
            Optional.ofNullable(json),
            Optional.ofNullable(plot));
    HeapGuard.run(
        workload == null ? "--weights" : "--workload",
        new SimulateJob(options, machines, spec.commandLine().getOut())::run);
    return 0;
  }

  private LayerSource source() {
    if ((workload == null) == (weights == null)) {
      throw new InvalidInputException(
          "espalier simulate",
          "either --workload or --weights",
          workload == null ? "neither" : "both",
          "give one of them; espalier simulate --list names workloads");
    }
    if (weights != null) {
      return new TensorLayers(
          weights,
          Optional.ofNullable(activations),
          activationDensity == null ? 1 : activationDensity,
          batch == null ? 1 : batch,
          dtype == null ? DataType.FP16 : DataType.parse(dtype),
          Optional.ofNullable(pattern).map(SparsityPattern::parse));
    }
    requireOnlyWithWeights("--activation-density", activationDensity);
    requireOnlyWithWeights("--activations", activations);
    requireOnlyWithWeights("--batch", batch);
    requireOnlyWithWeights("--dtype", dtype);
    requireOnlyWithWeights("--pattern", pattern);
    return new WorkloadLayers(workload);
  }

  private static void requireOnlyWithWeights(String option, Object value) {
    if (value != null) {
      throw new InvalidInputException(
          option, "--weights beside it", "--workload", "a workload says this itself; leave it out");
    }
  }
}
