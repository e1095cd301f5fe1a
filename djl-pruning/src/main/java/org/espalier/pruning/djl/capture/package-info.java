/**
 * What flows through a DJL network, and what stands next to what in it. DJL has no hooks, so a
 * {@link org.espalier.pruning.djl.capture.Capture} puts delegating blocks in the place of those
 * that it watches, runs batches as {@code evidence} does, and puts the originals back. The network
 * is not usable elsewhere meanwhile, and is afterwards bit for bit what it was.
 *
 * <p>{@link org.espalier.pruning.djl.capture.ActivationStatistics}, {@link
 * org.espalier.pruning.djl.capture.BatchNormStatistics} and {@link
 * org.espalier.pruning.djl.capture.NeighborNorms} are the statistics made of it; {@link
 * org.espalier.pruning.djl.capture.MeasuredUses} counts how often each weight is multiplied.
 */
package org.espalier.pruning.djl.capture;
