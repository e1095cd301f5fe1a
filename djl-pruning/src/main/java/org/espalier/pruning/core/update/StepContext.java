package org.espalier.pruning.core.update;

import org.espalier.pruning.core.TrainingTime;

/**
 * What an update rule knows of a step.
 *
 * @param time steps and epochs finished before this step
 * @param seed of random choices of this run
 */
public record StepContext(TrainingTime time, long seed) {}
