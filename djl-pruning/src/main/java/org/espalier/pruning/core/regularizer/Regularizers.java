package org.espalier.pruning.core.regularizer;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;

/** The regularizers that recipes can name: one line each. */
public final class Regularizers {

  /** All regularizers by name. */
  public static final Registry<Regularizer> REGISTRY =
      new Registry<>(
          "regularizer",
          List.of(
              Entry.of(
                  "l1",
                  "λ Σ |w|: gradient λ sgn(w), or w = sgn(w) max(|w| - rate λ, 0) after the update"
                      + " (Tibshirani 1996)",
                  p -> new L1(p.text("form").equals("proximal"), p.number("strength")),
                  Strength.PARAMETER,
                  Parameter.choice(
                      "form",
                      "subgradient",
                      List.of("subgradient", "proximal"),
                      "before the optimizer's update, or after it"))));

  private Regularizers() {}
}
