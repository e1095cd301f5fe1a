package org.espalier.pruning.core.allocation;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Registry;

/** The allocations that recipes can name: one line each. */
public final class Allocations {

  /** All allocations by name. */
  public static final Registry<Allocation> REGISTRY =
      new Registry<>(
          "allocation",
          List.of(
              Entry.of("global", "all units of all tensors in one ranking", p -> Global.INSTANCE),
              Entry.of("uniform", "every tensor at the group's sparsity", p -> Uniform.INSTANCE)));

  private Allocations() {}
}
