package org.espalier.examples.bench;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What was measured: the layout of the file that {@code espalier bench --json} writes.
 *
 * @param environment what it was measured on; its keys stand beside the others
 * @param seed of weights and inputs
 * @param rounds in which the sides took turns
 * @param fmaPeakGflopsPerCore multiply-adds from registers of one core, measured in this run
 * @param fmaPeakGflops of all threads, taken to have a core each
 * @param rows one per product
 * @param scaling one per product if there are several threads, else none
 * @param geometricMeans of rows
 */
record BenchResult(
    @JsonUnwrapped Environment environment,
    long seed,
    int rounds,
    double fmaPeakGflopsPerCore,
    double fmaPeakGflops,
    List<BenchRow> rows,
    List<ScalingRow> scaling,
    List<GeometricMean> geometricMeans) {}
