package org.espalier.pruning.core.lifecycle;

import java.util.List;
import java.util.stream.Stream;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;

/** The lifecycles that recipes can name: one line each. */
public final class Lifecycles {

  private static final List<Entry<Lifecycle>> OTHERS =
      List.of(
          Entry.of(
              "follow",
              "those live that are not 0 in what layers compute with; for schedule observe",
              p -> Follow.INSTANCE),
          Entry.of(
              "hysteresis",
              "dies at |w| <= 0.9 τ, returns at |w| > 1.1 τ, τ = μ + c σ of |w| per tensor; for"
                  + " schedule observe (dynamic network surgery, Guo et al. 2016)",
              p -> new Hysteresis(p.number("c"), p.number("gamma"), p.number("power")),
              Parameter.number("c", "standard deviations above the mean"),
              Parameter.number(
                  "gamma", 1e-4, "γ of the probability (1 + γ i)^-power to take part, at least 0"),
              Parameter.number("power", 1, "of that probability, at least 0")),
          Entry.of(
              "lock",
              "w != 0 at the first decision, then frozen; for schedule observe",
              p -> Lock.INSTANCE),
          Entry.of("prune", "dead stays dead", p -> Prune.INSTANCE),
          Entry.of(
              "reselect",
              "every decision chooses among all weights (FORCE, de Jorge et al. 2021)",
              p -> Reselect.INSTANCE));

  /** All lifecycles by name. */
  public static final Registry<Lifecycle> REGISTRY =
      new Registry<>(
          "lifecycle", Stream.concat(OTHERS.stream(), DropGrows.ENTRIES.stream()).toList());

  private Lifecycles() {}
}
