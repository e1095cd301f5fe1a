package org.espalier.pruning.djl.forward;

import java.util.Map;
import java.util.function.BiFunction;
import org.espalier.pruning.core.forward.Continuous;
import org.espalier.pruning.core.forward.Forward;
import org.espalier.pruning.core.forward.HardConcrete;
import org.espalier.pruning.core.forward.HardGate;
import org.espalier.pruning.core.forward.LearnedThreshold;
import org.espalier.pruning.core.forward.SoftThreshold;
import org.espalier.pruning.core.forward.StraightThrough;
import org.espalier.pruning.core.forward.VariationalDropout;
import org.espalier.sparse.InvalidInputException;

/** Which class carries out which forward rule: one line each. */
final class LayerRules {

  private static final Map<Class<? extends Forward>, BiFunction<Forward, LayerSite, LayerRule>>
      ALL =
          Map.of(
              StraightThrough.class,
              (rule, site) -> new MaskedValues((StraightThrough) rule, site),
              SoftThreshold.class,
              (rule, site) -> new Thresholded((SoftThreshold) rule, site),
              LearnedThreshold.class,
              (rule, site) -> new SigmoidThreshold((LearnedThreshold) rule, site),
              Continuous.class,
              (rule, site) -> new SteepGates((Continuous) rule, site),
              HardGate.class,
              (rule, site) -> new StepGates((HardGate) rule, site),
              HardConcrete.class,
              (rule, site) -> new HardConcreteGates((HardConcrete) rule, site),
              VariationalDropout.class,
              (rule, site) -> new NoisyWeights((VariationalDropout) rule, site));

  private LayerRules() {}

  /**
   * Makes the rule of one layer.
   *
   * @throws InvalidInputException if nobody carries it out in a DJL training
   */
  static LayerRule of(Forward rule, LayerSite site) {
    BiFunction<Forward, LayerSite, LayerRule> maker = ALL.get(rule.getClass());
    if (maker == null) {
      throw new InvalidInputException(
          "forward",
          "a rule that is known in a DJL training",
          "'" + rule.type() + "'",
          "choose one of docs/recipes.md");
    }
    return maker.apply(rule, site);
  }
}
