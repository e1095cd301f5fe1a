package org.espalier.pruning.core.update;

import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.mask.Mask;

/**
 * One tensor in one optimizer step, on the host, row-major. Arrays are not copied.
 *
 * @param info name and shape
 * @param mask which weights live
 * @param weights values; before the update when gradients are edited, after it when weights are
 * @param gradient of the data loss, complete and without penalties; empty when weights are edited
 * @param initial values at the begin of training; empty unless the rule asks for them
 * @param learningRate that the optimizer uses for this tensor in this step
 */
public record StepTensor(
    TensorInfo info,
    Mask mask,
    float[] weights,
    float[] gradient,
    float[] initial,
    double learningRate) {}
