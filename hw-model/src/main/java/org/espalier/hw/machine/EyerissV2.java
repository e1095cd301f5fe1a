package org.espalier.hw.machine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.espalier.hw.arch.EyerissV2Pe;
import org.espalier.hw.cost.Balance;
import org.espalier.hw.cost.Breakdown;
import org.espalier.hw.cost.LayerCost;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.cost.RunTime;
import org.espalier.hw.cost.Verdict;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Occupancy;
import org.espalier.hw.workload.ReductionLines;

/**
 * A processing element of Eyeriss v2 (Chen, Yang, Emer, Sze, IEEE JETCAS 9(2), 2019, section IV):
 * it takes the non-zero activations one by one, walks the non-zero weights of the activation's
 * column, and makes one product per cycle and multiplier. Zeros of either side cost nothing, so
 *
 * <pre>cycles = sum over the summed indices of nnz(weights of it) * nnz(activations of it)
 * </pre>
 *
 * <p>exact from masks: all five layers that Sparseloop (Wu et al., MICRO 2022) publishes follow to
 * the cycle from their masks. From a density model the figure is an expectation. One density for
 * all channels makes it the product of densities, which is 2.6 to 6.5 % too low on those layers,
 * because channels with denser weights see denser activations: describe such layers with one
 * density per input channel ({@link org.espalier.hw.workload.Transposed} for the weights), or give
 * the masks.
 *
 * <p>Energy: per product a multiply-add, an access to the weight and its metadata, and a read and a
 * write of the partial sum; per non-zero activation and pass over {@code psumSpad.entries()}
 * outputs an access to it and its metadata. The layer's data type does not matter: the element
 * computes with 8 bits. Layers of any size fit, in tiles; loading these is not modelled, the time
 * is that of the multiplier.
 */
public final class EyerissV2 implements Machine {

  private final EyerissV2Pe pe;

  /** The model of an element. */
  public EyerissV2(EyerissV2Pe pe) {
    this.pe = Objects.requireNonNull(pe, "pe");
  }

  @Override
  public String name() {
    return "eyeriss-v2-pe";
  }

  @Override
  public String summary() {
    return "one processing element of Eyeriss v2: skips zeros of weights and of activations";
  }

  @Override
  public LayerCost cost(Layer layer) {
    double pairs = ReductionLines.of(layer).pairs();
    double densePairs = ReductionLines.of(layer.dense()).pairs();
    RunTime time = time(pairs);
    RunTime dense = time(densePairs);
    Accesses accesses = accesses(layer, pairs);
    return new LayerCost(
        layer,
        time,
        dense,
        energy(accesses),
        bytes(layer, accesses),
        new Balance(1, 1, pairs == 0 ? 0 : 1),
        verdict(layer, dense.us() / time.us()));
  }

  private RunTime time(double pairs) {
    double cycles = Math.max(1, pairs / pe.macs());
    return RunTime.ofCycles(cycles, cycles, pe.clockMhz());
  }

  /** How often each scratchpad is accessed. */
  private record Accesses(double activations, double weights, double psums) {}

  private Accesses accesses(Layer layer, double pairs) {
    int outputs = layer.shape().gemm().m();
    int passes = (outputs + pe.psumSpad().entries() - 1) / pe.psumSpad().entries();
    return new Accesses((double) layer.activations().nonZeros() * passes, pairs, 2 * pairs);
  }

  private Breakdown energy(Accesses accesses) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("multiply-add", accesses.weights() * pe.macPj());
    parts.put("activation spad", accesses.activations() * pe.activationSpad().accessPj());
    parts.put("activation metadata", accesses.activations() * pe.activationSpad().metadataPj());
    parts.put("weight spad", accesses.weights() * pe.weightSpad().accessPj());
    parts.put("weight metadata", accesses.weights() * pe.weightSpad().metadataPj());
    parts.put("partial sum spad", accesses.psums() * pe.psumSpad().accessPj());
    return new Breakdown(parts);
  }

  /** Entries and addresses as they come in once, and what the scratchpads deliver. */
  private Breakdown bytes(Layer layer, Accesses accesses) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put(
        "weights in", storedBytes(layer.weights(), layer.weights().columns(), pe.weightSpad()));
    parts.put(
        "activations in",
        storedBytes(layer.activations(), layer.activations().rows(), pe.activationSpad()));
    parts.put("activation spad", accesses.activations() * pe.activationSpad().entryBits() / 8);
    parts.put("weight spad", accesses.weights() * pe.weightSpad().entryBits() / 8);
    parts.put("partial sum spad", accesses.psums() * pe.psumSpad().entryBits() / 8);
    return new Breakdown(parts);
  }

  private static double storedBytes(Occupancy operand, int columns, EyerissV2Pe.Spad spad) {
    return ((double) operand.nonZeros() * spad.entryBits() + (double) columns * spad.addressBits())
        / 8;
  }

  private static Verdict verdict(Layer layer, double speedup) {
    double weights = layer.weights().density();
    double activations = layer.activations().density();
    String densities =
        String.format(
            Locale.ROOT, "%.3f of the weights and %.3f of the activations", weights, activations);
    return speedup >= Verdict.LEAST_GAIN
        ? Verdict.gain(
            String.format(
                Locale.ROOT, "%s are left, which saves %.2f x the cycles", densities, speedup))
        : Verdict.noGain(densities + " are left, and every product of two of them takes a cycle");
  }
}
