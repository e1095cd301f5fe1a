package org.espalier.pruning.core.forward;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;

/** The forward rules that recipes can name: one line each. */
public final class Forwards {

  private static final Parameter EXAMPLES =
      Parameter.integer("examples", "number of training examples, at least 1");

  /** All forward rules by name. */
  public static final Registry<Forward> REGISTRY =
      new Registry<>(
          "forward",
          List.of(
              Entry.of("stored", "layers see the stored weights, masked", p -> Stored.INSTANCE),
              Entry.of(
                  "l0",
                  "w z, one hard concrete gate z per unit of the pattern; penalty (lambda / examples)"
                      + " sum of P(z != 0) (Louizos et al. 2018)",
                  HardConcrete::read,
                  Parameter.number("lambda", 0.1, "price of one weight, at least 0"),
                  EXAMPLES,
                  Parameter.number("dropped", 0.5, "probability of a closed gate at the start"),
                  Parameter.number("decay", 0, "precision of the weights' prior, at least 0")),
              Entry.of(
                  "variational-dropout",
                  "w + sigma eps, log sigma^2 trained; penalty KL / examples; dead above log alpha ="
                      + " threshold (Molchanov et al. 2017)",
                  VariationalDropout::read,
                  EXAMPLES,
                  Parameter.integer("warmup", 0, "steps in which the weight of KL rises to 1"),
                  Parameter.number("threshold", 3, "of log alpha, in [-8, 8]"),
                  Parameter.number("start", -10, "log sigma^2 at the start"))));

  private Forwards() {}
}
