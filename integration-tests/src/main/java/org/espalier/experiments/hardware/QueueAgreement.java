package org.espalier.experiments.hardware;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.espalier.hw.arch.EieArchitecture;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.machine.Eie;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.machine.MachineOptions.Method;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.sparse.pattern.Unstructured;

/** How far EIE's formula is from its simulation on random layers, and how fast both are. */
final class QueueAgreement {

  /** Seeds of fits and tests are others. */
  private static final long SEED = 20261128;

  private static final int DRAWS = 400;

  /** Larger layers take long to simulate. */
  private static final double MOST_WORK = 6e6;

  private static final int TIMED_RUNS = 9;

  private QueueAgreement() {}

  /** Returns a chapter of the document: the same figures each time. */
  static String chapter() {
    List<Double> errors = errors();
    Collections.sort(errors);
    return String.format(
        Locale.ROOT,
        """
        ## EIE, formula against simulation

        %d random layers, all parameters log-uniform: density .02 to 1, rows 64 to 8192, columns 256
        to 8192, elements 1 to 256, queue 1 to 64, activation density .1 to 1; layers with more than
        6 million products left out. Nothing was fitted on these draws.

        | median error %% | 95th percentile %% | largest %% |
        |---|---|---|
        | %.2f | %.2f | %.2f |

        """,
        DRAWS,
        100 * errors.get(DRAWS / 2),
        100 * errors.get(DRAWS * 95 / 100),
        100 * errors.get(DRAWS - 1));
  }

  private static List<Double> errors() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Double> errors = new ArrayList<>();
    while (errors.size() < DRAWS) {
      double density = logUniform(random, 0.02, 1);
      double active = logUniform(random, 0.1, 1);
      Gemm shape =
          new Gemm((int) logUniform(random, 64, 8192), (int) logUniform(random, 256, 8192), 1);
      EieArchitecture machine =
          EieArchitecture.PUBLISHED
              .withPes((int) logUniform(random, 1, 257))
              .withQueueDepth((int) logUniform(random, 1, 65));
      if (shape.denseMacs() * density * active <= MOST_WORK) {
        Layer layer =
            Layer.dense("random", shape)
                .withWeights(Unstructured.INSTANCE, density)
                .withActivations(active);
        double simulated = cycles(machine, layer, Method.SIMULATE);
        double estimated = cycles(machine, layer, Method.ANALYTIC);
        errors.add(Math.abs(estimated / simulated - 1));
      }
    }
    return errors;
  }

  private static double cycles(EieArchitecture machine, Layer layer, Method method) {
    return new Eie(machine, new MachineOptions(method, SEED)).counts(layer).cycles();
  }

  private static double logUniform(SplittableRandom random, double from, double to) {
    return from * Math.pow(to / from, random.nextDouble());
  }

  /** Returns a line on the time that the nine layers of EIE take, which differs each time. */
  static String speed() {
    List<Layer> layers = Workloads.named("eie-benchmarks").layers();
    return String.format(
        Locale.ROOT,
        "the nine layers of EIE, one core, warm: simulated in %.0f ms, estimated in %.1f ms",
        medianMs(layers, Method.SIMULATE),
        medianMs(layers, Method.ANALYTIC));
  }

  private static double medianMs(List<Layer> layers, Method method) {
    Eie machine = new Eie(EieArchitecture.PUBLISHED, new MachineOptions(method, SEED));
    List<Double> times = new ArrayList<>();
    for (int run = 0; run < 2 * TIMED_RUNS; run++) {
      long start = System.nanoTime();
      layers.forEach(machine::counts);
      times.add((System.nanoTime() - start) / 1e6);
    }
    List<Double> warm = new ArrayList<>(times.subList(TIMED_RUNS, 2 * TIMED_RUNS));
    Collections.sort(warm);
    return warm.get(TIMED_RUNS / 2);
  }
}
