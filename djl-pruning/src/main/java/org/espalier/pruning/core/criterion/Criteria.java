package org.espalier.pruning.core.criterion;

import java.util.List;
import java.util.ServiceLoader;
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
              Entry.of("snip", "|g w| (Lee et al. 2019)", p -> Snip.INSTANCE),
              Entry.of(
                  "snip-momentum",
                  "S = decay S + gain |w g| over training (Intel Neural Compressor)",
                  p -> new SnipMomentum(p.number("decay"), p.number("gain")),
                  Parameter.number("decay", 0.9, "what a step leaves of S, in [0, 1]"),
                  Parameter.number("gain", 1.0, "weight of the newest |w g|, above 0")),
              Entry.of(
                  "taylor",
                  "|g w|, |w| Σ |g|, (g w)² or g w (Molchanov et al. 2017, 2019)",
                  p -> Taylor.of(p.text("form")),
                  Parameter.choice(
                      "form",
                      "absolute",
                      List.of("absolute", "absolute-per-batch", "squared", "signed"),
                      "absolute value after or before the sum over batches, square, or sign kept")),
              Entry.of(
                  "taylor-average",
                  "I = momentum I + (1 - momentum) (g w)² over training (Molchanov et al. 2019)",
                  p -> new TaylorAverage(p.number("momentum")),
                  Parameter.number("momentum", 0.9, "what a step leaves of I, in [0, 1)")),
              Entry.of(
                  "taylor-activation",
                  "|mean of a ∂L/∂a| per output feature (Molchanov et al. 2017)",
                  p -> new TaylorActivation(p.flag("normalize")),
                  Parameter.flag("normalize", true, "divide by the layer's l2 norm")),
              Entry.of(
                  "bn-gate",
                  "(∂L/∂γ γ + ∂L/∂β β)² of the batch norm (Molchanov et al. 2019)",
                  p -> BnGate.INSTANCE),
              Entry.of(
                  "gate-gradient",
                  "|∂L/∂φ φ| of a gate φ on the batch norm (You et al. 2019)",
                  p -> GateGradient.INSTANCE),
              Entry.of("grasp", "w (H g), signed (Wang et al. 2020)", p -> Grasp.INSTANCE),
              Entry.of(
                  "synflow",
                  "|w| ∂R/∂|w|, R = 1ᵀ |W_L| ... |W_1| 1 (Tanaka et al. 2020)",
                  p -> SynFlow.INSTANCE),
              Entry.of(
                  "movement",
                  "S = S - score_rate g w over training (Sanh et al. 2020)",
                  p ->
                      new Movement(
                          p.text("form").equals("soft"),
                          p.number("score_rate"),
                          p.number("penalty")),
                  Parameter.choice(
                      "form", "hard", List.of("hard", "soft"), "score = S, or sigmoid of S"),
                  Parameter.number("penalty", 0.0, "λ of λ Σ sigmoid(S), soft only, at least 0"),
                  Parameter.number("score_rate", 0.01, "learning rate of S, above 0"))),
          Criteria::fromOtherJars);

  private Criteria() {}

  private static List<Entry<Criterion>> fromOtherJars() {
    return ServiceLoader.load(CriterionProvider.class).stream()
        .flatMap(provider -> provider.get().criteria().stream())
        .toList();
  }
}
