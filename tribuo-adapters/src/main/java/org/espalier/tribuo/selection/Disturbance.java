package org.espalier.tribuo.selection;

/**
 * What makes the task of an autoencoder harder.
 *
 * @param noise standard deviation of what is added to each feature
 * @param dropout fraction of the hidden units that is left out of a step, in [0, 1)
 */
record Disturbance(double noise, double dropout) {}
