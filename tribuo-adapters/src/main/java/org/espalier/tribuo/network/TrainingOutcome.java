package org.espalier.tribuo.network;

/**
 * What a training leaves.
 *
 * @param network with its weights in Java memory
 * @param epochs that were trained
 * @param chosenEpoch the epoch whose weights these are, from 1: the last, or that of the smallest
 *     validation loss
 */
record TrainingOutcome(TrainedNetwork network, int epochs, int chosenEpoch) {}
