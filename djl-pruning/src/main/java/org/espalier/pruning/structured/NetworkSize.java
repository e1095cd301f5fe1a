package org.espalier.pruning.structured;

/**
 * What a network costs.
 *
 * @param parameters entries of all parameters, running statistics too
 * @param flops of the products of one example: two for each multiplication of a weight; norms,
 *     activations and biases are left out
 */
public record NetworkSize(long parameters, long flops) {}
