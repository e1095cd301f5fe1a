package org.espalier.pruning.core.update;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;

/** The update rules that recipes can name: one line each. */
public final class UpdateRules {

  /** All update rules by name. */
  public static final Registry<UpdateRule> REGISTRY =
      new Registry<>(
          "update",
          List.of(
              Entry.of(
                  "centripetal",
                  "pulls the filters of a cluster together until they are equal; Trimming then keeps"
                      + " one (C-SGD, Ding et al. 2019)",
                  p -> new Centripetal(p.number("sparsity"), p.number("strength")),
                  Parameter.number("sparsity", "fraction of filters to be trimmed, in [0, 1)"),
                  Parameter.number("strength", 3e-3, "ε, the pull to the mean, at least 0")),
              Entry.of(
                  "langevin",
                  "w + √(2 rate T) ν after the update, ν normal, and 0 where the sign of the initial"
                      + " value is lost (DEEP R, Bellec et al. 2018)",
                  p -> new Langevin(p.number("temperature")),
                  Parameter.number("temperature", "T, at least 0; 0 leaves the noise out")),
              Entry.of("plain", "the optimizer's own update", p -> Plain.INSTANCE),
              Entry.of(
                  "soft-filters",
                  "sets the filters of least L2 norm to 0 every so many steps; they go on training"
                      + " (SFP, He et al. 2018; ASFP 2019)",
                  p -> new SoftFilters(p.number("sparsity"), p.integer("every"), p.integer("rise")),
                  Parameter.number("sparsity", "fraction of filters, in [0, 1)"),
                  Parameter.integer("every", "steps of an epoch"),
                  Parameter.integer("rise", 0, "steps until the fraction is reached (ASFP)")),
              Entry.of(
                  "sparse-momentum",
                  "only the weights with the largest |g w| of all tensors get their gradient, the"
                      + " others decay; for Sgd with momentum and weight decay (GSM, Ding et al."
                      + " 2019)",
                  p -> new SparseMomentum(p.number("sparsity")),
                  Parameter.number("sparsity", "fraction that gets none, in [0, 1)"))));

  private UpdateRules() {}
}
