package org.espalier.pruning.core.criterion;

import java.util.List;
import java.util.ServiceLoader;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.curvature.EmpiricalFisher;

/** The criteria that recipes can name: one line each. */
public final class Criteria {

  /** All criteria by name. */
  public static final Registry<Criterion> REGISTRY =
      new Registry<>(
          "criterion",
          List.of(
              Entry.of("apoz", "1 - fraction of zeros of the output (Hu 2016)", p -> Apoz.INSTANCE),
              Entry.of(
                  "bn-gate",
                  "(∂L/∂γ γ + ∂L/∂β β)² of the batch norm (Molchanov et al. 2019)",
                  p -> BnGate.INSTANCE),
              Entry.of("bn-scale", "|scale| of the batch norm (Liu 2017)", p -> BnScale.INSTANCE),
              Entry.of("contribution-variance", "Var(wx) (Thimm 1995)", p -> Contribution.INSTANCE),
              Entry.of("fisher-magnitude", "w² mean(g²) (Lee 2023)", p -> FisherMagnitude.INSTANCE),
              Entry.of("fpgm", "distances to the other filters (He 2019)", p -> Fpgm.INSTANCE),
              Entry.of(
                  "gate-gradient",
                  "|∂L/∂φ φ| of a gate φ on the batch norm (You et al. 2019)",
                  p -> GateGradient.INSTANCE),
              Entry.of("grasp", "w (H g), signed (Wang et al. 2020)", p -> Grasp.INSTANCE),
              Entry.of("lamp", "w² / sum of w² not smaller (Lee 2021)", p -> Lamp.INSTANCE),
              Entry.of("lookahead", "|w| ‖previous‖ ‖next‖ (Park 2020)", p -> Lookahead.INSTANCE),
              Entry.of("magnitude", "|w| (Han et al. 2015)", p -> Magnitude.INSTANCE),
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
                  Parameter.number("score_rate", 0.01, "learning rate of S, above 0")),
              Entry.of("obd", "h w² / 2 (LeCun 1989)", Obd::read, Obd.CURVATURE),
              Entry.of("obs", "w² / 2[H⁻¹]_qq (Hassibi 1992)", Obs::read, EmpiricalFisher.LAMBDA),
              Entry.of("random", "uniform on [0, 1) by seed and name", p -> Random.INSTANCE),
              Entry.of("snip", "|g w| (Lee et al. 2019)", p -> Snip.INSTANCE),
              Entry.of(
                  "snip-momentum",
                  "S = decay S + gain |w g| over training (Intel Neural Compressor)",
                  p -> new SnipMomentum(p.number("decay"), p.number("gain")),
                  Parameter.number("decay", 0.9, "what a step leaves of S, in [0, 1]"),
                  Parameter.number("gain", 1.0, "weight of the newest |w g|, above 0")),
              Entry.of("std-magnitude", "|w| / std(W) (Han 2015)", p -> StdMagnitude.INSTANCE),
              Entry.of(
                  "synflow",
                  "|w| ∂R/∂|w|, R = 1ᵀ |W_L| ... |W_1| 1 (Tanaka et al. 2020)",
                  p -> SynFlow.INSTANCE),
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
                  "taylor-activation",
                  "|mean of a ∂L/∂a| per output feature (Molchanov et al. 2017)",
                  p -> new TaylorActivation(p.flag("normalize")),
                  Parameter.flag("normalize", true, "divide by the layer's l2 norm")),
              Entry.of(
                  "taylor-average",
                  "I = momentum I + (1 - momentum) (g w)² over training (Molchanov et al. 2019)",
                  p -> new TaylorAverage(p.number("momentum")),
                  Parameter.number("momentum", 0.9, "what a step leaves of I, in [0, 1)")),
              Entry.of("wanda", "|w| times norm of the input (Sun 2024)", p -> Wanda.INSTANCE),
              Entry.of(
                  "weight-change",
                  "|w - w_0| (Golub 2019), or Karnin 1990",
                  WeightChange::read,
                  WeightChange.FORM)),
          Criteria::fromOtherJars);

  private Criteria() {}

  private static List<Entry<Criterion>> fromOtherJars() {
    return ServiceLoader.load(CriterionProvider.class).stream()
        .flatMap(provider -> provider.get().criteria().stream())
        .toList();
  }
}
