/**
 * The heart of Espalier: a {@link org.espalier.pruning.core.Recipe} says what to prune, by how much
 * and when; the {@link org.espalier.pruning.core.Pruner} turns it, the weights and the {@link
 * org.espalier.pruning.core.PruningState} so far into the next state. Pure Java on {@code float[]}:
 * no engine, no DJL, the same bits everywhere.
 */
package org.espalier.pruning.core;
