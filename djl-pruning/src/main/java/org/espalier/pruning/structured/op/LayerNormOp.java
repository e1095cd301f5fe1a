package org.espalier.pruning.structured.op;

import ai.djl.nn.Block;
import ai.djl.nn.norm.LayerNorm;
import java.util.Arrays;
import java.util.List;
import org.espalier.pruning.djl.network.Internals;

/**
 * Layer normalization. Mean and variance are taken over all channels, so that none of them can go
 * without a change to the others: they all stay.
 *
 * @param axes that are normalized, none for all but the batch's
 * @param epsilon added to variances
 * @param center whether beta is trained
 * @param scale whether gamma is trained
 */
public record LayerNormOp(List<Integer> axes, float epsilon, boolean center, boolean scale)
    implements Op {

  /** Describes a layer; DJL has no getters for what it consists of. */
  public static LayerNormOp of(Block block) {
    int[] axes = (int[]) Internals.value(LayerNorm.class, "axis", block);
    return new LayerNormOp(
        axes == null ? List.of() : Arrays.stream(axes).boxed().toList(),
        (float) Internals.value(LayerNorm.class, "epsilon", block),
        (boolean) Internals.value(LayerNorm.class, "center", block),
        (boolean) Internals.value(LayerNorm.class, "scale", block));
  }

  @Override
  public Block block() {
    LayerNorm.Builder builder =
        LayerNorm.builder().optEpsilon(epsilon).optCenter(center).optScale(scale);
    if (!axes.isEmpty()) {
      builder.axis(axes.stream().mapToInt(Integer::intValue).toArray());
    }
    return builder.build();
  }

  @Override
  public Wire trace(Wire input, Tracer tracer) {
    tracer.keep(input.channels(), "normalizes over channels");
    return input;
  }

  @Override
  public Op shrink(Cut cut) {
    return this;
  }
}
