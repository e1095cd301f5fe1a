package org.espalier.pruning.core.regularizer;

import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.pattern.SparsityPattern;

/**
 * One tensor as a regularizer sees it.
 *
 * @param name path of the parameter
 * @param shape extents; not copied
 * @param weights values, row-major; not copied. A proximal step writes to them
 * @param pattern of the group, whose units are the groups of weights that are penalized together
 * @param time steps and epochs finished
 */
public record Penalized(
    String name, int[] shape, float[] weights, SparsityPattern pattern, TrainingTime time) {}
