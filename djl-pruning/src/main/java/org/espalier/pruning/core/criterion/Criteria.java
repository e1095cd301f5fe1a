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
              Entry.of(
                  "apoz",
                  "1 - APoZ_c for all weights of output c (Hu et al. 2016)",
                  p -> Apoz.INSTANCE),
              Entry.of(
                  "bn-gate",
                  "(∂L/∂γ γ + ∂L/∂β β)² of the batch norm (Molchanov et al. 2019)",
                  p -> BnGate.INSTANCE),
              Entry.of(
                  "bn-scale",
                  "|γ_c| for all weights of output c (Liu et al. 2017)",
                  p -> BnScale.INSTANCE),
              Entry.of(
                  "contribution-variance",
                  "w² Var(x_j), x_j the input of the weight (Thimm & Fiesler 1995)",
                  p -> Contribution.INSTANCE),
              Entry.of(
                  "fisher",
                  "w² mean(g²) (JaxPruner, Lee et al. 2023)",
                  p -> FisherMagnitude.INSTANCE),
              Entry.of(
                  "fpgm",
                  "Σ_k ‖F_j - F_k‖₂ for all weights of filter j (He et al. 2019)",
                  p -> Fpgm.INSTANCE),
              Entry.of(
                  "gate-gradient",
                  "|∂L/∂φ φ| of a gate φ on the batch norm (You et al. 2019)",
                  p -> GateGradient.INSTANCE),
              Entry.of(
                  "gradient",
                  "|g|, of dead weights too (Evci et al. 2020)",
                  p -> GradientMagnitude.INSTANCE),
              Entry.of(
                  "gradient-average",
                  "|M|, M = decay M + (1 - decay) g over training (Dettmers & Zettlemoyer 2019)",
                  p -> new GradientAverage(p.number("decay")),
                  Parameter.number("decay", 0.9, "what a step leaves of M, in [0, 1)")),
              Entry.of(
                  "grasp",
                  "w (H g), sign kept: the highest live (Wang et al. 2020)",
                  p -> Grasp.INSTANCE),
              Entry.of(
                  "lamp",
                  "w² / Σ of all w² of the tensor not smaller; of equal ones the lower index is the"
                      + " larger (Lee et al. 2021)",
                  p -> Lamp.INSTANCE),
              Entry.of(
                  "lookahead",
                  "|w_ij| ‖previous layer into j‖₂ ‖next layer from i‖₂ (Park et al. 2020)",
                  p -> Lookahead.INSTANCE),
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
              Entry.of("obd", "h w² / 2, sign kept (LeCun et al. 1989)", Obd::read, Obd.CURVATURE),
              Entry.of(
                  "obs",
                  "w² / (2 [H⁻¹]_qq), H = λ I + mean(g gᵀ) (Hassibi & Stork 1993)",
                  Obs::read,
                  EmpiricalFisher.LAMBDA),
              Entry.of(
                  "prechelt",
                  "log of |Σ (w - η g)| / (η √(Σ (g - mean g)²)) over examples (Prechelt 1997)",
                  p -> new Prechelt(p.number("eta")),
                  Parameter.number("eta", 0.1, "learning rate η of the test, above 0")),
              Entry.of(
                  "random",
                  "uniform on [0, 1), from the seed and the tensor's name",
                  p -> Random.INSTANCE),
              Entry.of(
                  "sign-kept",
                  "w sgn(w_0): below 0 once a weight has changed its sign (Bellec et al. 2018)",
                  p -> SignKept.INSTANCE),
              Entry.of(
                  "snip",
                  "|g w|, absolute after the sum over batches (Lee et al. 2019)",
                  p -> Snip.INSTANCE),
              Entry.of(
                  "snip-momentum",
                  "S = decay S + gain |w g| over training (Intel Neural Compressor)",
                  p -> new SnipMomentum(p.number("decay"), p.number("gain")),
                  Parameter.number("decay", 0.9, "what a step leaves of S, in [0, 1]"),
                  Parameter.number("gain", 1.0, "weight of the newest |w g|, above 0")),
              Entry.of(
                  "std-magnitude",
                  "|w| / population standard deviation of the tensor (Han et al. 2015)",
                  p -> StdMagnitude.INSTANCE),
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
              Entry.of(
                  "wanda",
                  "|w_ij| ‖x_j‖₂, in convolutions of input channel j (Sun et al. 2024)",
                  p -> Wanda.INSTANCE),
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
