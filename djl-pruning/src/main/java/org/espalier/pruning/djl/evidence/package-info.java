/**
 * Evidence: the statistics that criteria ask for, measured on a DJL network with a few batches. The
 * network is only read: weights, gradients, batch-norm statistics and the engine's random state are
 * after a measurement bit for bit what they were before.
 */
package org.espalier.pruning.djl.evidence;
