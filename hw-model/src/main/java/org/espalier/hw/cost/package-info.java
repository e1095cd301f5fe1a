/**
 * Cost: what a {@link org.espalier.hw.cost.Machine} makes of a {@link
 * org.espalier.hw.workload.Layer}: a {@link org.espalier.hw.cost.LayerCost} with times, energy,
 * bytes, balance, and a verdict.
 */
package org.espalier.hw.cost;
