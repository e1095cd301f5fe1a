package org.espalier.tribuo.network;

import org.espalier.pruning.core.Recipe;

/**
 * How long and by what a network is trained.
 *
 * @param component name of the trainer in its configuration, for messages; null if it has none
 * @param optimizer updates the weights
 * @param epochs at most, at least 1
 * @param batchSize examples of a step, at least 1
 * @param patience epochs without a smaller validation loss after which training stops; 0 = never
 * @param loggingInterval epochs from message to message; 0 = none
 * @param recipe what is pruned; null for nothing
 */
record TrainingSettings(
    String component,
    OptimizerSpec optimizer,
    int epochs,
    int batchSize,
    int patience,
    int loggingInterval,
    Recipe recipe) {}
