package org.espalier.pruning.core;

import org.espalier.pruning.core.compensation.Compensation;
import org.espalier.pruning.core.forward.Forward;
import org.espalier.pruning.core.lifecycle.Follow;
import org.espalier.pruning.core.lifecycle.Hysteresis;
import org.espalier.pruning.core.lifecycle.Lifecycle;
import org.espalier.pruning.core.lifecycle.Observing;
import org.espalier.sparse.InvalidInputException;

/** Which other axes a forward rule goes with. */
final class ForwardFits {

  private ForwardFits() {}

  /** Refuses combinations in which a part of the group would have no effect, or a false one. */
  static void require(Forward forward, Lifecycle lifecycle, Compensation compensation) {
    if (!forward.latent()) {
      return;
    }
    String rule = "the forward rule '" + forward.type() + "'";
    if (compensation.changesWeights()) {
      throw new InvalidInputException(
          "compensation",
          "none: under " + rule + " pruned weights keep their values",
          "'" + compensation.type() + "'",
          "leave the compensation out, or the forward rule");
    }
    if (forward.learnsMasks() && !(lifecycle instanceof Follow)) {
      throw new InvalidInputException(
          "lifecycle",
          "follow, as " + rule + " learns which weights live",
          "'" + lifecycle.type() + "'",
          "write lifecycle: follow with schedule: {type: observe}");
    }
    boolean reads = lifecycle instanceof Observing && !(lifecycle instanceof Hysteresis);
    if (!forward.learnsMasks() && reads) {
      throw new InvalidInputException(
          "lifecycle",
          "one that decides masks, as " + rule + " learns none",
          "'" + lifecycle.type() + "'",
          "choose another lifecycle or forward rule");
    }
  }
}
