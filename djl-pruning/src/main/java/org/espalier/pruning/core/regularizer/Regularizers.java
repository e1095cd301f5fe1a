package org.espalier.pruning.core.regularizer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.config.Values;

/** The regularizers that recipes can name: one line each. */
public final class Regularizers {

  private static final Parameter FORM =
      Parameter.choice(
          "form",
          "subgradient",
          List.of("subgradient", "proximal"),
          "acts by its gradient before the optimizer's update, or by its proximal step after it");

  /** All regularizers by name. */
  public static final Registry<Regularizer> REGISTRY =
      new Registry<>(
          "regularizer",
          List.of(
              Entry.of(
                  "group-hoyer-square",
                  "λ (Σ ‖w_g‖)² / Σ ‖w_g‖² over the pattern's units g (Yang et al. 2020)",
                  p -> new GroupHoyerSquare(p.number("strength")),
                  Strength.PARAMETER),
              Entry.of(
                  "group-lasso",
                  "λ Σ √n ‖w_g‖ over the pattern's units g of n weights (Yuan & Lin 2006, Wen et al."
                      + " 2016)",
                  p -> new GroupLasso(proximal(p), p.number("strength")),
                  Strength.PARAMETER,
                  FORM),
              Entry.of(
                  "growing",
                  "λ(t)/2 Σ w² over the smallest units of the pattern, λ growing with the steps t"
                      + " (Wang et al. 2021)",
                  p ->
                      new Growing(
                          p.number("strength"),
                          p.number("delta"),
                          p.integer("every"),
                          p.number("ceiling"),
                          p.number("sparsity")),
                  Parameter.number("strength", 0.0, "λ before the first step, at least 0"),
                  Parameter.number("delta", 1e-4, "what is added to λ each time, at least 0"),
                  Parameter.integer("every", 10, "steps from one time to the next"),
                  Parameter.number("ceiling", 1.0, "the largest λ"),
                  Parameter.number("sparsity", "fraction of units that are penalized, in [0, 1)")),
              Entry.of(
                  "hoyer",
                  "λ Σ |w| / √(Σ w²), tensor by tensor (Hoyer 2004)",
                  p -> new Hoyer(p.number("strength")),
                  Strength.PARAMETER),
              Entry.of(
                  "hoyer-square",
                  "λ (Σ |w|)² / Σ w², tensor by tensor (Yang et al. 2020)",
                  p -> new HoyerSquare(p.number("strength")),
                  Strength.PARAMETER),
              Entry.of(
                  "l1",
                  "λ Σ |w| (Tibshirani 1996); on the gammas of batch norms, network slimming",
                  p -> new L1(proximal(p), p.number("strength")),
                  Strength.PARAMETER,
                  FORM),
              Entry.of(
                  "l2",
                  "λ/2 Σ w²: the gradient λ w, w = (1 - rate λ) w or w = w / (1 + rate λ) after the"
                      + " update (Krogh & Hertz 1991, Loshchilov & Hutter 2019)",
                  p ->
                      new L2(
                          L2.Form.valueOf(p.text("form").toUpperCase(Locale.ROOT)),
                          p.number("strength")),
                  Strength.PARAMETER,
                  Parameter.choice(
                      "form",
                      L2.Form.COUPLED.text(),
                      Arrays.stream(L2.Form.values()).map(L2.Form::text).toList(),
                      "through the optimizer, or after its update")),
              Entry.of(
                  "polarization",
                  "λ (t ‖γ‖₁ - ‖γ - mean γ‖₁) over all tensors of the group (Zhuang et al. 2020)",
                  p -> new Polarization(p.number("strength"), p.number("t")),
                  Strength.PARAMETER,
                  Parameter.number("t", 1.4, "weight of the L1 norm, at least 0")),
              Entry.of(
                  "sparse-group-lasso",
                  "λ ((1 - α) Σ √n ‖w_g‖ + α Σ |w|) (Simon et al. 2013)",
                  p -> new SparseGroupLasso(proximal(p), p.number("strength"), p.number("alpha")),
                  Strength.PARAMETER,
                  Parameter.number("alpha", 0.5, "α, the share of the L1 norm, in [0, 1]"),
                  FORM)));

  private static boolean proximal(Values values) {
    return values.text("form").equals("proximal");
  }

  private Regularizers() {}
}
