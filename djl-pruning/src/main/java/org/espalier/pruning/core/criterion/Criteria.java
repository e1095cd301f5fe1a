package org.espalier.pruning.core.criterion;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;

/** The criteria that recipes can name: one line each. */
public final class Criteria {

  /** All criteria by name. */
  public static final Registry<Criterion> REGISTRY =
      new Registry<>(
          "criterion",
          List.of(
              Entry.of("magnitude", "|w| (Han et al. 2015)", p -> Magnitude.INSTANCE),
              Entry.of(
                  "prechelt",
                  "log of |sum of w - eta g| / (eta sqrt(sum of (g - mean g)^2)) over examples"
                      + " (Finnoff et al. 1993, Prechelt 1997)",
                  p -> new Prechelt(p.number("eta")),
                  Parameter.number("eta", 0.1, "learning rate of the test, positive"))));

  private Criteria() {}
}
