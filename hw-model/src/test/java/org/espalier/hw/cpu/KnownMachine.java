package org.espalier.hw.cpu;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.hw.arch.CacheSizes;
import org.espalier.sparse.kernel.KernelForecast;
import org.espalier.sparse.kernel.SparseOps;

/** A machine whose costs are made up, so that every time is known. */
public final class KnownMachine {

  /** Caches of the made-up machine. */
  public static final CacheSizes CACHES = new CacheSizes(48 << 10, 2 << 20);

  private static final List<Double> PANEL =
      List.of(500.0, 8.0, 0.9, 0.6, 0.25, 0.1, 2.0, 1.0, 3.0, 20.0, 0.02, 0.2, 0.4, 20.0, 1.0);
  private static final List<Double> VECTOR = List.of(500.0, 10.0, 1.5, 0.25, 0.01, 0.03);
  private static final List<Double> DENSE =
      List.of(2000.0, 0.2, 0.05, 0.05, 0.05, 0.1, 0.1, 0.5, 0.5, 0.04);

  private KnownMachine() {}

  /** Returns its calibration, as if it had been measured exactly. */
  public static CpuCalibration calibration() {
    Map<KernelFamily, List<Double>> costs = new EnumMap<>(KernelFamily.class);
    for (KernelFamily family : KernelFamily.values()) {
      costs.put(family, costs(family));
    }
    return new CpuCalibration(conditions(), costs);
  }

  /** Returns what a unit of each term costs; the families differ by a factor. */
  static List<Double> costs(KernelFamily family) {
    List<Double> base =
        family == KernelFamily.DENSE
            ? DENSE
            : family.terms().equals(KernelFamily.Terms.PANEL) ? PANEL : VECTOR;
    double factor = 1 + 0.05 * family.ordinal();
    List<Double> costs = new ArrayList<>();
    base.forEach(cost -> costs.add(cost * factor));
    return costs;
  }

  static KernelChoice choice(int threads) {
    return new KernelChoice(new KernelForecast(SparseOps.kernels()), CACHES, threads);
  }

  private static Conditions conditions() {
    Conditions here = Conditions.here("made up");
    return new Conditions(
        here.processor(),
        here.java(),
        here.kernels(),
        here.lanes(),
        1,
        CACHES,
        100,
        here.library(),
        here.date());
  }
}
