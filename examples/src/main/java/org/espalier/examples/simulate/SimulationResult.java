package org.espalier.examples.simulate;

import java.util.List;

/**
 * What {@code --json} writes.
 *
 * @param workload name
 * @param method simulate or analytic, where a machine has both
 * @param seed of masks that were drawn
 * @param rows one per layer and machine
 * @param totals one per machine
 */
public record SimulationResult(
    String workload,
    String method,
    long seed,
    List<SimulationRow> rows,
    List<SimulationTotal> totals) {}
