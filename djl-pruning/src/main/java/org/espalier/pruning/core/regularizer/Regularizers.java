package org.espalier.pruning.core.regularizer;

import java.util.List;
import org.espalier.pruning.core.config.Registry;

/** The regularizers that recipes can name: one line each. */
public final class Regularizers {

  /** All regularizers by name. */
  public static final Registry<Regularizer> REGISTRY = new Registry<>("regularizer", List.of());

  private Regularizers() {}
}
