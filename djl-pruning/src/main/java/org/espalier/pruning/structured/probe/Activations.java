package org.espalier.pruning.structured.probe;

import java.util.Arrays;
import java.util.stream.Stream;
import org.espalier.pruning.structured.op.ActivationOp;
import org.espalier.pruning.structured.op.ActivationOp.Kind;

/** Activations that a function may be; parameters are read off two of its values. */
final class Activations {

  private Activations() {}

  /** Returns every activation without a parameter. */
  static Stream<ActivationOp> plain() {
    return Arrays.stream(Kind.values()).filter(kind -> !kind.parameterized()).map(ActivationOp::of);
  }

  /**
   * Returns every activation, with the parameters that fit the values of the function at 1 and -1:
   * leaky ReLU is -alpha at -1, ELU is alpha (exp(-1) - 1) there, and swish is 1 / (1 + exp(-beta))
   * at 1.
   */
  static Stream<ActivationOp> candidates(Probe probe) {
    float below = probe.at(-1).orElse(0f);
    float above = probe.at(1).orElse(0f);
    return Stream.concat(
        plain(),
        Stream.of(
            new ActivationOp(Kind.LEAKY_RELU, -below),
            new ActivationOp(Kind.ELU, (float) (below / Math.expm1(-1))),
            new ActivationOp(Kind.SWISH, (float) -Math.log(1 / above - 1))));
  }
}
