package org.espalier.pruning.structured.ranking;

import java.util.List;
import java.util.Locale;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;

/** The rankings that recipes can name: one line each. */
public final class Rankings {

  /** All rankings by name. */
  public static final Registry<Ranking> REGISTRY =
      new Registry<>(
          "ranking",
          List.of(
              Entry.of(
                  "global",
                  "all channels compete (Liu et al. 2017)",
                  p ->
                      new Global(
                          Normalization.valueOf(p.text("normalize").toUpperCase(Locale.ROOT)),
                          p.number("flops")),
                  Parameter.choice(
                      "normalize",
                      "mean",
                      Normalization.texts(),
                      "what the scores of a group are divided by"),
                  Parameter.number(
                      "flops", 0, "price of the operations of a mean channel, in such scores")),
              Entry.of(
                  "local",
                  "each group loses the same fraction (Li et al. 2017)",
                  p -> Local.INSTANCE)));

  private Rankings() {}
}
