package org.espalier.pruning.core.forward;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Registry;

/** The forward rules that recipes can name: one line each. */
public final class Forwards {

  /** All forward rules by name. */
  public static final Registry<Forward> REGISTRY =
      new Registry<>(
          "forward",
          List.of(
              Entry.of("stored", "layers see the stored weights, masked", p -> Stored.INSTANCE)));

  private Forwards() {}
}
