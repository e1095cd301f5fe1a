package org.espalier.hw.cost;

import java.util.Locale;
import java.util.Objects;
import org.espalier.hw.arch.CpuMachine;
import org.espalier.hw.workload.LayerWork;

/**
 * Times of a layer on a processor, after Williams, Waterman, Patterson, Roofline: An Insightful
 * Visual Performance Model for Multicore Architectures, CACM 52(4), 2009: time = max(operations /
 * peak, bytes / bandwidth), applied to each stage of the two products.
 *
 * <p><b>Sparse</b> (CSR times panels of up to four vectors of columns): each multiply-add of a
 * vector needs one load of activations, so the inner loop has a roof of its own below the peak. Per
 * weight and panel of V vectors it takes
 *
 * <pre>max(V * lanes * 2 / peak, V * vectorBytes / B(panel) + vectorBytes / B(L1), 8 / B(weights))
 * </pre>
 *
 * where the second term holds V loads from a panel of k * V * vectorBytes read in random order and
 * one load slot for the weight, and the third streams value and index. Padding lanes are worked on
 * too, so the lane efficiency n / (lanes * ceil(n / lanes)) is implied. To this come the copying of
 * X into panels (read and written once, by each core for itself), the writing of Y, and a fixed
 * time per row and panel and per call.
 *
 * <p><b>Dense</b> (libtorch): operations on padded vectors at a share of the peak, plus packing of
 * both operands, read and written once (Goto, van de Geijn, Anatomy of High-Performance Matrix
 * Multiplication, ACM TOMS 34(3), 2008). A product with a single vector (n = 1 or m = 1) packs
 * nothing: time = max(operations / peak, bytes / bandwidth).
 */
public final class Roofline implements CostModel {

  private static final int WIDEST_PANEL = 4;
  private static final int BYTES_PER_ENTRY = 8; // a float and an int, as the kernels hold them

  private final CpuMachine machine;
  private final Assumptions assumptions;

  /** The model of a machine with {@link Assumptions#DEFAULT}. */
  public Roofline(CpuMachine machine) {
    this(machine, Assumptions.DEFAULT);
  }

  /** The model of a machine. */
  public Roofline(CpuMachine machine, Assumptions assumptions) {
    this.machine = Objects.requireNonNull(machine, "machine");
    this.assumptions = Objects.requireNonNull(assumptions, "assumptions");
  }

  /** The stages of a sparse product in ns; the first three overlap, the others follow. */
  private record Stages(
      double computeNs, double loadsNs, double streamNs, double copiesNs, double overheadNs) {

    double totalUs() {
      return (Math.max(computeNs, Math.max(loadsNs, streamNs)) + copiesNs + overheadNs) / 1000;
    }

    Bound bound() {
      double inner = Math.max(computeNs, Math.max(loadsNs, streamNs));
      if (overheadNs >= Math.max(inner, copiesNs)) {
        return Bound.OVERHEAD;
      }
      if (copiesNs >= inner) {
        return Bound.ACTIVATION_COPIES;
      }
      if (streamNs >= Math.max(loadsNs, computeNs)) {
        return Bound.WEIGHT_STREAM;
      }
      return loadsNs >= computeNs ? Bound.ACTIVATION_LOADS : Bound.COMPUTE;
    }
  }

  @Override
  public Estimate estimate(LayerWork layer) {
    Stages stages = layer.n() == 1 ? sparseVector(layer) : sparseMatrix(layer);
    double denseUs = denseUs(layer);
    double sparseUs = stages.totalUs();
    Bound bound = stages.bound();
    return new Estimate(denseUs, sparseUs, bound, verdict(layer, bound, denseUs / sparseUs));
  }

  private Stages sparseMatrix(LayerWork layer) {
    double cores = machine.coresUsed();
    int vectors = vectors(layer.n());
    int panels = (vectors + WIDEST_PANEL - 1) / WIDEST_PANEL;
    double width = (double) vectors / panels;
    long panelBytes = (long) (layer.k() * width * machine.vectorBytes());
    double kept = layer.keptNonZeros();
    double computeNs = kept * vectors * machine.lanes() * 2 / machine.peakGflopsPerCore() / cores;
    double perPanelNs =
        width * machine.vectorBytes() / machine.randomGbPerSecond(panelBytes)
            + machine.vectorBytes() / machine.firstLevelGbPerSecond();
    double loadsNs = kept * panels * perPanelNs / cores;
    long entryBytes = layer.keptNonZeros() * BYTES_PER_ENTRY;
    double streamNs = (double) panels * entryBytes / machine.streamGbPerSecond(entryBytes) / cores;
    long inputBytes = (long) layer.k() * layer.n() * Float.BYTES;
    long outputBytes = (long) layer.m() * layer.n() * Float.BYTES;
    double copiesNs =
        2.0 * inputBytes / machine.streamGbPerSecond(inputBytes)
            + outputBytes / machine.streamGbPerSecond(outputBytes) / cores;
    return new Stages(computeNs, loadsNs, streamNs, copiesNs, overheadNs(layer, panels));
  }

  /** One vector: no panels. Each weight gathers one activation, which takes a load slot. */
  private Stages sparseVector(LayerWork layer) {
    double cores = machine.coresUsed();
    double kept = layer.keptNonZeros();
    long inputBytes = (long) layer.k() * Float.BYTES;
    double slotNs = machine.vectorBytes() / machine.randomGbPerSecond(inputBytes);
    long entryBytes = layer.keptNonZeros() * BYTES_PER_ENTRY;
    return new Stages(
        kept * 2 / machine.peakGflopsPerCore() / cores,
        kept * slotNs / cores,
        entryBytes / machine.streamGbPerSecond(entryBytes) / cores,
        (double) layer.m() * Float.BYTES / machine.firstLevelGbPerSecond() / cores,
        overheadNs(layer, 1));
  }

  private double overheadNs(LayerWork layer, int panels) {
    double rowsNs = (double) layer.m() * panels * assumptions.rowOverheadNs();
    return rowsNs / machine.coresUsed() + 1000 * assumptions.callOverheadUs();
  }

  private double denseUs(LayerWork layer) {
    double cores = machine.coresUsed();
    long weightBytes = layer.weights() * Float.BYTES;
    long inputBytes = (long) layer.k() * layer.n() * Float.BYTES;
    double readNs =
        weightBytes / machine.streamGbPerSecond(weightBytes)
            + inputBytes / machine.streamGbPerSecond(inputBytes);
    double flops = 2.0 * layer.weights() * vectors(layer.n()) * machine.lanes();
    double ns;
    if (layer.n() == 1 || layer.m() == 1) {
      ns = Math.max(layer.denseFlops() / machine.peakGflopsPerCore(), readNs);
    } else {
      ns = flops / (assumptions.denseEfficiency() * machine.peakGflopsPerCore()) + 2 * readNs;
    }
    return ns / cores / 1000 + assumptions.callOverheadUs();
  }

  private int vectors(int n) {
    return (int) (((long) n + machine.lanes() - 1) / machine.lanes());
  }

  private Verdict verdict(LayerWork layer, Bound bound, double speedup) {
    boolean gain = speedup >= assumptions.smallestGain();
    String times = String.format(Locale.ROOT, "%.2f times as fast as dense", speedup);
    if (gain) {
      return Verdict.gain("predicted " + times + "; what limits it is " + what(bound));
    }
    String reason =
        switch (bound) {
          case OVERHEAD -> "the layer is so small that starting rows and calls dominates";
          case ACTIVATION_COPIES -> "the layer has so few rows that copying activations dominates";
          default ->
              layer.n() == 1
                  ? "with one column, each weight is used once and costs its index as well"
                  : String.format(
                      Locale.ROOT,
                      "the density, %.3f, is above what pays for one load per multiply-add",
                      1 - layer.sparsity());
        };
    return Verdict.noGain("predicted " + times + ": " + reason);
  }

  private static String what(Bound bound) {
    return switch (bound) {
      case COMPUTE -> "multiply-adds";
      case ACTIVATION_LOADS -> "loading activations for each multiply-add";
      case WEIGHT_STREAM -> "reading weights and indices from memory";
      case ACTIVATION_COPIES -> "copying activations";
      case OVERHEAD -> "starting rows and calls";
    };
  }
}
