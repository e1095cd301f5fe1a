/**
 * Evidence: the statistics that criteria ask for, measured on a DJL network with a few batches. A
 * {@link org.espalier.pruning.djl.evidence.Collector} measures a {@link
 * org.espalier.pruning.djl.evidence.Probe}; those of gradients and curvature are here.
 *
 * <p>The network is only read: weights, gradients, batch-norm statistics and the engine's random
 * state are after a measurement bit for bit what they were before. All collectors owe that to the
 * same two classes: {@link org.espalier.pruning.djl.evidence.MaskedCopies} are what the network
 * runs with, a {@link org.espalier.pruning.djl.evidence.StillNetwork} is what runs.
 */
package org.espalier.pruning.djl.evidence;
