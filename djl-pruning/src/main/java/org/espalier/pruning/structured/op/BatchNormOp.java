package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.GhostBatchNorm;
import org.espalier.pruning.djl.network.Internals;

/**
 * Batch normalization: gamma, beta, runningMean and runningVar, one entry for each channel.
 *
 * @param axis of the channels
 * @param epsilon added to variances
 * @param momentum of the running statistics
 * @param center whether beta is trained
 * @param scale whether gamma is trained
 * @param virtualBatch examples that are normalized together (ghost batch normalization); 0 = all
 */
public record BatchNormOp(
    int axis, float epsilon, float momentum, boolean center, boolean scale, int virtualBatch)
    implements Op {

  /** Describes a layer; DJL has no getters for what it consists of. */
  public static BatchNormOp of(Block block) {
    return new BatchNormOp(
        (int) Internals.value(BatchNorm.class, "axis", block),
        (float) Internals.value(BatchNorm.class, "epsilon", block),
        (float) Internals.value(BatchNorm.class, "momentum", block),
        (boolean) Internals.value(BatchNorm.class, "center", block),
        (boolean) Internals.value(BatchNorm.class, "scale", block),
        block instanceof GhostBatchNorm
            ? (int) Internals.value(GhostBatchNorm.class, "virtualBatchSize", block)
            : 0);
  }

  @Override
  public Block block() {
    return virtualBatch == 0
        ? set(BatchNorm.builder()).build()
        : set(GhostBatchNorm.builder().optVirtualBatchSize(virtualBatch)).build();
  }

  private BatchNorm.BaseBuilder<?> set(BatchNorm.BaseBuilder<?> builder) {
    return builder
        .optAxis(axis)
        .optEpsilon(epsilon)
        .optMomentum(momentum)
        .optCenter(center)
        .optScale(scale);
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    Wire wire = tracer.onAxis(input, axis < 0 ? axis + input.shape().dimension() : axis);
    for (String parameter : new String[] {"gamma", "beta", "runningMean", "runningVar"}) {
      tracer.bind(parameter, 0, wire.channels());
    }
    return wire;
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
