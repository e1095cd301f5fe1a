package org.espalier.pruning.core.update;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Registry;

/** The update rules that recipes can name: one line each. */
public final class UpdateRules {

  /** All update rules by name. */
  public static final Registry<UpdateRule> REGISTRY =
      new Registry<>(
          "update", List.of(Entry.of("plain", "the optimizer's own update", p -> Plain.INSTANCE)));

  private UpdateRules() {}
}
