package org.espalier.pruning.core.lifecycle;

import java.util.Map;
import org.espalier.pruning.core.config.Registry;

/** The lifecycles that recipes can name: one line each. */
public final class Lifecycles {

  /** All lifecycles by name. */
  public static final Registry<Lifecycle> REGISTRY =
      new Registry<>(Map.of("prune", node -> Prune.INSTANCE));

  private Lifecycles() {}
}
