package org.espalier.pruning.core.allocation;

import java.util.Map;
import org.espalier.pruning.core.config.Registry;

/** The allocations that recipes can name: one line each. */
public final class Allocations {

  /** All allocations by name. */
  public static final Registry<Allocation> REGISTRY =
      new Registry<>(
          Map.of(
              "global", node -> Global.INSTANCE,
              "uniform", node -> Uniform.INSTANCE));

  private Allocations() {}
}
