package org.espalier.pruning.core.criterion;

import java.util.Map;
import org.espalier.pruning.core.config.Registry;

/** The criteria that recipes can name: one line each. */
public final class Criteria {

  /** All criteria by name. */
  public static final Registry<Criterion> REGISTRY =
      new Registry<>(Map.of("magnitude", node -> Magnitude.INSTANCE));

  private Criteria() {}
}
