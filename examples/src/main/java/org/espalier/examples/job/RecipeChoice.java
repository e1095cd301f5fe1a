package org.espalier.examples.job;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.config.ConfigText;
import org.espalier.pruning.structured.run.StructuredRecipe;
import org.espalier.pruning.structured.target.Target;
import org.espalier.sparse.InvalidInputException;

/**
 * What a user prunes by: a file, or a figure that stands for a default recipe; at most one of them.
 *
 * @param sparsity of the default recipe for weights, in [0, 1)
 * @param removeFlops fraction of the operations that the default recipe for channels removes, in
 *     [0, 1)
 * @param file recipe in YAML, for weights or, with the key {@code structured}, for channels
 */
public record RecipeChoice(
    Optional<Double> sparsity, Optional<Double> removeFlops, Optional<Path> file) {

  /** The sparsity of the default recipe. */
  public static final double DEFAULT_SPARSITY = 0.9;

  private static final String STRUCTURED = "structured";

  /** Refuses two choices, and figures out of range. */
  public RecipeChoice {
    if (sparsity.isPresent() && removeFlops.isPresent()) {
      throw new InvalidInputException(
          "--remove-flops",
          "channels or weights to go",
          "--sparsity as well",
          "drop one, and prune the result again");
    }
    requireNoFile("--sparsity", "a sparsity or a recipe", sparsity, file);
    requireNoFile("--remove-flops", "a fraction or a recipe", removeFlops, file);
    requireFraction("--sparsity", "zeros", sparsity, "0.9 prunes nine weights of ten");
    requireFraction("--remove-flops", "operations", removeFlops, "0.5 leaves half of them");
  }

  private static void requireNoFile(
      String option, String expected, Optional<Double> figure, Optional<Path> file) {
    if (figure.isPresent() && file.isPresent()) {
      throw new InvalidInputException(
          option, expected, "both", "drop one: the recipe says how much");
    }
  }

  private static void requireFraction(
      String option, String what, Optional<Double> fraction, String remedy) {
    fraction
        .filter(value -> !(value >= 0 && value < 1))
        .ifPresent(
            value -> {
              throw new InvalidInputException(
                  option, "a fraction of " + what + " in [0, 1)", value.toString(), remedy);
            });
  }

  /**
   * Reads the file, if there is one.
   *
   * @return what makes of a run the treatment that was chosen
   * @throws InvalidInputException if the file does not hold
   */
  Function<JobRun, Treatment> read() {
    if (file.isPresent()) {
      return ConfigText.load(file.get()).mentions(STRUCTURED)
          ? channels(StructuredRecipe.load(file.get()))
          : weights(Recipe.load(file.get()));
    }
    if (removeFlops.isPresent()) {
      StructuredRecipe recipe = StructuredRecipe.of(Target.flops(removeFlops.get()));
      return run -> new ChannelPruning(run, recipe.withSeed(run.options().seed()));
    }
    double target = sparsity.orElse(DEFAULT_SPARSITY);
    return run -> new WeightPruning(run, DefaultRecipe.of(target, run));
  }

  private static Function<JobRun, Treatment> channels(StructuredRecipe recipe) {
    return run -> new ChannelPruning(run, recipe);
  }

  private static Function<JobRun, Treatment> weights(Recipe recipe) {
    return run -> new WeightPruning(run, recipe);
  }
}
