package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDList;

/**
 * One batch to measure on.
 *
 * @param data inputs of the network, batch axis first
 * @param labels of those
 */
public record Sample(NDList data, NDList labels) {}
