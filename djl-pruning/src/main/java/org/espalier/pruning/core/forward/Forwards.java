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
                  "straight-through",
                  "w times the mask; gradients pass to the best weights, B, whether dead or alive"
                      + " (Guo et al. 2016; Wortsman et al. 2019; Jayakumar et al. 2020)",
                  StraightThrough::read,
                  Parameter.number("backward", 0, "sparsity of B, in [0, target]; 0 = all train"),
                  Parameter.number("penalty", 0, "L2 on the mask, over its density on B outside")),
              Entry.of(
                  "str",
                  "sign(w) max(0, |w| - sigmoid(s)), one trained s per tensor (Kusupati et al. 2020)",
                  SoftThreshold::read,
                  Parameter.number("start", -3200, "s at the start; there the threshold is 0"),
                  Parameter.number("decay", 0, "weight decay of s besides the optimizer's own")),
              Entry.of(
                  "learned-threshold",
                  "w sigmoid((w^2 / v - t) / temperature), one trained t per tensor, v = variance at"
                      + " the start; penalty lambda times the sigmoids (Azarian et al. 2020)",
                  LearnedThreshold::read,
                  Parameter.number("temperature", 1e-3, "above 0"),
                  Parameter.number("lambda", 1e-6, "price of a weight, at least 0"),
                  Parameter.number("start", 0, "t at the start, at least 0")),
              Entry.of(
                  "continuous",
                  "w sigmoid(beta s), beta rising from 1, one trained s per unit; penalty lambda"
                      + " times the sigmoids; dead at s <= 0 (Savarese et al. 2020)",
                  Continuous::read,
                  Parameter.integer(
                      "end", "steps after which beta has its final value, at least 1"),
                  Parameter.number("beta", 200, "final, at least 1"),
                  Parameter.number("lambda", 1e-8, "price of a weight, at least 0"),
                  Parameter.number("start", 0, "s at the start: the lower, the sparser")),
              Entry.of(
                  "gate",
                  "w 1[m > 0], one trained m per unit, gradients through a surrogate; penalty lambda"
                      + " per living weight (Bengio et al. 2013; Xiao et al. 2019)",
                  HardGate::read,
                  Parameter.choice(
                      "backward",
                      "identity",
                      HardGate.Surrogate.texts(),
                      "what gradients take for the step"),
                  Parameter.number("lambda", 1e-6, "price of a weight, at least 0"),
                  Parameter.number("start", 0.5, "m at the start")),
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
