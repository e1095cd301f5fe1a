package org.espalier.pruning.core.compensation;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.curvature.EmpiricalFisher;

/** The compensations that recipes can name: one line each. */
public final class Compensations {

  /** All compensations by name. */
  public static final Registry<Compensation> REGISTRY =
      new Registry<>(
          "compensation",
          List.of(
              Entry.of("none", "survivors stay as they are", p -> None.INSTANCE),
              Entry.of("obs", "OBS update (Hassibi 1992)", Obs::read, EmpiricalFisher.LAMBDA)));

  private Compensations() {}
}
