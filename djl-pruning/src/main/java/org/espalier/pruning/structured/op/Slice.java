package org.espalier.pruning.structured.op;

/**
 * One index along one axis of one parameter.
 *
 * @param parameter by its path in the network, as DJL joins it
 * @param axis of the parameter
 * @param index along the axis
 */
public record Slice(String parameter, int axis, int index) {}
