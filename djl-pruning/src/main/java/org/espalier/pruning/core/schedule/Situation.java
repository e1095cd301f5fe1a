package org.espalier.pruning.core.schedule;

import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.Validation;

/**
 * What a schedule can see when it is asked how much.
 *
 * @param time steps and epochs finished
 * @param sparsity of the group so far, in [0, 1]
 * @param validation losses seen so far
 */
public record Situation(TrainingTime time, double sparsity, Validation validation) {}
