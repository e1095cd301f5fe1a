package org.espalier.pruning.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.espalier.pruning.core.Quality;
import org.espalier.pruning.core.Recovery;
import org.espalier.pruning.report.History.CurvePoint;
import org.espalier.pruning.report.History.EpochPoint;
import org.espalier.pruning.report.History.PhaseTime;
import org.espalier.pruning.report.History.Pruning;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Selection;

/** A report like that of LeNet-300-100 at 90 % sparsity; figures made up, masks random. */
final class Sample {

  static final String RECIPE =
      """
      pattern: unstructured
      criterion: magnitude
      allocation: global
      schedule: cubic
      sparsity: 0.9
      begin: 400
      end: 1200
      every: 100
      """;

  static final Environment ENVIRONMENT =
      new Environment("17.0.15", "0.35.1", "PyTorch 2.7.1", "simd-512", "8-core test processor", 1);

  static final RunSetup SETUP =
      new RunSetup(
          "lenet-300-100", "builtin digits", RECIPE, 42, "espalier prune --sparsity 0.9 --seed 42");

  private Sample() {}

  static LayerReport fc1() {
    return new LayerReport(
        "fc1.weight",
        List.of(300, 784),
        18_816,
        940_800,
        113_498,
        new Timing(1843.2, 512.5),
        new Timing(1760, 480),
        new Verdict(true, "8.0 % of the weights remain, and CSR pays below 21 % at batch 128"));
  }

  static LayerReport fc2() {
    return new LayerReport(
        "fc2.weight",
        List.of(100, 300),
        7_200,
        120_000,
        43_402,
        new Timing(151.7, 166.1),
        new Timing(140, 171),
        new Verdict(
            false, "24.0 % of the weights remain, more than the 21 % below which CSR pays"));
  }

  static LayerReport fc3() {
    return new LayerReport(
        "fc3.weight",
        List.of(10, 100),
        604,
        4_000,
        3_042,
        null,
        null,
        new Verdict(false, "1,000 weights are too few: the call costs more than the product"));
  }

  static Outcome outcome() {
    List<LayerReport> layers = List.of(fc1(), fc2(), fc3());
    return new Outcome(0.9832, 0.9797, layers, TotalTiming.ofLayers(layers, "batch 128, 1 thread"));
  }

  static History history() {
    List<CurvePoint> curve = new ArrayList<>();
    List<EpochPoint> epochs = new ArrayList<>();
    List<Pruning> prunings = new ArrayList<>();
    for (int step = 0; step <= 1600; step += 20) {
      curve.add(new CurvePoint(step, sparsityAt(step)));
    }
    for (int epoch = 1; epoch <= 16; epoch++) {
      int step = epoch * 100;
      double learned = 1 - Math.exp(-epoch / 1.6);
      double hurt = step <= 400 ? 0 : 0.012 * Math.exp(-Math.abs(step - 900) / 300.0);
      epochs.add(
          new EpochPoint(
              epoch,
              step,
              step <= 400 ? "dense" : "sparse",
              0.05 + 1.2 * Math.exp(-epoch / 2.0),
              0.80 + 0.197 * learned - hurt,
              0.79 + 0.194 * learned - hurt,
              sparsityAt(step)));
    }
    for (int step = 400; step <= 1200; step += 100) {
      prunings.add(new Pruning(step, sparsityAt(step - 1), sparsityAt(step)));
    }
    List<PhaseTime> phases =
        List.of(
            new PhaseTime("dense training", 21.4),
            new PhaseTime("pruning and fine-tuning", 64.25),
            new PhaseTime("measuring", 3.1));
    return new History(phases, curve, epochs, prunings, ledger());
  }

  /** The saw of three prunings; figures made up, the last recovery worse than its begin. */
  static Ledger ledger() {
    return new Ledger(
        "the first 2,048 test images",
        List.of(
            new Recovery(
                400,
                5,
                0,
                0.5,
                quality(0.98, 0.06),
                quality(0.97, 0.1),
                700L,
                quality(0.985, 0.05)),
            new Recovery(
                700, 7, 0.5, 0.8, quality(0.985, 0.05), quality(0.8, 0.9), 1200L, quality(0.9825)),
            new Recovery(
                1200, 12, 0.8, 0.9, quality(0.9825), quality(0.625, 2.5), 1600L, quality(0.975))));
  }

  private static Quality quality(double accuracy, double loss) {
    return new Quality(accuracy, loss);
  }

  private static Quality quality(double accuracy) {
    return new Quality(accuracy);
  }

  /** A machine on which one layer gains and one does not; another without energy. */
  static MachineReports machines() {
    return new MachineReports(
        "one image",
        List.of(
            new MachineReport(
                "eie",
                "an accelerator",
                List.of(
                    new MachineReport.LayerLine("fc1.weight", 2, 20, 1.5, true, "gain: x"),
                    new MachineReport.LayerLine("fc2.weight", 3, 5, 0.5, true, "gain: y"))),
            new MachineReport(
                "a100",
                "a processor",
                List.of(
                    new MachineReport.LayerLine(
                        "fc1.weight", 4, 4, null, false, "no gain: <too small>")))));
  }

  static RunReport report() {
    return new RunReport(
        "LeNet-300-100 at 90 % sparsity",
        SETUP,
        ENVIRONMENT,
        outcome(),
        history(),
        List.of(
            new MaskPicture("fc1.weight", digits(300, 18_816), true),
            new MaskPicture("fc2.weight", random(1, 7_200, 100, 300), false),
            new MaskPicture("fc3.weight", random(2, 604, 10, 100), false)),
        machines());
  }

  /** Zhu and Gupta 2017 as a staircase: 0 to 0.9 between steps 400 and 1200, every 100. */
  private static double sparsityAt(int step) {
    if (step < 400) {
      return 0;
    }
    double progress = Math.min(1, (step / 100 * 100 - 300) / 900.0);
    return 0.9 * (1 - Math.pow(1 - progress, 3));
  }

  /** Weights of pixels near the center survive more often, as with digits. */
  static Mask digits(int rows, int kept) {
    Random random = new Random(7);
    float[] scores = new float[rows * 784];
    for (int i = 0; i < scores.length; i++) {
      double x = i % 784 % 28 - 13.5;
      double y = i % 784 / 28 - 13.5;
      scores[i] = (float) (Math.abs(random.nextGaussian()) * Math.exp(-(x * x + y * y) / 120));
    }
    return Mask.ofWords(new int[] {rows, 784}, Selection.largest(scores, kept));
  }

  static Mask random(long seed, int kept, int... shape) {
    Random random = new Random(seed);
    float[] scores = new float[Mask.elements(shape)];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextFloat();
    }
    return Mask.ofWords(shape, Selection.largest(scores, kept));
  }
}
