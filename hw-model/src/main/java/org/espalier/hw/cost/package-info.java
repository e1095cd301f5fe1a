/**
 * Cost: how long a layer takes dense and sparse on a machine, and whether sparsity pays. A {@link
 * org.espalier.hw.cost.CostModel} turns a {@link org.espalier.hw.workload.LayerWork} into an {@link
 * org.espalier.hw.cost.Estimate}.
 */
package org.espalier.hw.cost;
