/**
 * Workloads: what layers ask of a machine. A {@link org.espalier.hw.workload.Layer} has sizes and
 * two operands, each with an {@link org.espalier.hw.workload.Occupancy}: a real mask, or a density
 * model where none is known.
 */
package org.espalier.hw.workload;
