package org.espalier.pruning.structured.ranking;

/**
 * One channel among those that compete.
 *
 * @param group counted from 0, in the order of the network
 * @param channel of the group, counted from 0
 */
public record Place(int group, int channel) {}
