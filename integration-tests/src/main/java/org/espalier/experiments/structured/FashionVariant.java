package org.espalier.experiments.structured;

import java.util.List;
import java.util.Optional;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.ranking.Global;
import org.espalier.pruning.structured.ranking.Normalization;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.espalier.pruning.structured.target.Floor;
import org.espalier.pruning.structured.target.Target;

/**
 * What becomes of a trained network.
 *
 * @param name without spaces, of its files
 * @param label of its row
 * @param tuned whether it is trained further, by as many epochs as all others that are
 * @param recipe by which it loses channels; empty if it keeps all
 */
record FashionVariant(String name, String label, boolean tuned, Optional<StructuredRecipe> recipe) {

  /** The trained network as it is, by which all others are judged. */
  static final FashionVariant DENSE = new FashionVariant("dense", "dense", false, Optional.empty());

  /** The trained network with the epochs that smaller ones are fine-tuned by. */
  static final FashionVariant TUNED =
      new FashionVariant("dense-tuned", "dense, trained on", true, Optional.empty());

  /** Multiples of 4 suit the engine's kernels, and widths that begin with 16. */
  private static final Floor FLOOR = new Floor(4, 4);

  private static final String TAYLOR = "{type: taylor, form: squared}";

  /** All, in the order of the table. */
  static List<FashionVariant> all() {
    return List.of(
        DENSE,
        TUNED,
        pruned("random", "random", "random", 0.5, 1),
        pruned("l1", "L1 norms", "magnitude", 0.5, 1),
        normed(pruned("bn-scale", "scales of batch norms", "bn-scale", 0.5, 1)),
        pruned("taylor", "Taylor", TAYLOR, 0.5, 1),
        pruned("taylor", "Taylor", TAYLOR, 0.5, 2),
        pruned("taylor", "Taylor", TAYLOR, 0.7, 2));
  }

  private static FashionVariant pruned(
      String name, String label, String criterion, double remove, int steps) {
    StructuredRecipe recipe =
        StructuredRecipe.of(Target.flops(remove))
            .with(ChannelCriterion.parse(criterion))
            .with(new Global(Normalization.MEAN))
            .with(FLOOR)
            .inSteps(steps);
    long percent = Math.round(100 * remove);
    return new FashionVariant(
        name + "-" + percent + "-" + steps,
        label + ", " + percent + " % in " + (steps == 1 ? "one step" : steps + " steps"),
        true,
        Optional.of(recipe));
  }

  /** The hidden layer has no norm to judge it by: it keeps its units. */
  private static FashionVariant normed(FashionVariant variant) {
    return new FashionVariant(
        variant.name,
        variant.label,
        variant.tuned,
        variant.recipe.map(recipe -> recipe.excluding("*Linear*")));
  }
}
