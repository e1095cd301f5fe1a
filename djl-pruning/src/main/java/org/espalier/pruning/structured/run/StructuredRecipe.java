package org.espalier.pruning.structured.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.criterion.Magnitude;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.criterion.GroupCriterion;
import org.espalier.pruning.structured.ranking.Global;
import org.espalier.pruning.structured.ranking.Normalization;
import org.espalier.pruning.structured.ranking.Ranking;
import org.espalier.pruning.structured.target.Floor;
import org.espalier.pruning.structured.target.Target;
import org.espalier.sparse.InvalidInputException;

/**
 * Everything that decides which channels of a network go: an immutable value with a canonical text
 * form.
 *
 * <p>It is no part of {@link Recipe}. A recipe says when masks of single parameters are decided
 * while a network trains; it has a schedule, and no channel ever leaves the network. This says what
 * one call does to a network at rest, whose channels belong together over several parameters. The
 * two share the registry of criteria and the reader of texts; a text with the key {@code
 * structured} is this, one with {@code groups} or {@code schedule} is a recipe.
 *
 * @param criterion how channels are scored
 * @param ranking how they compete
 * @param target how much goes
 * @param floor what stays of each group
 * @param exclude globs on names of groups that stay as they are
 * @param steps in which it goes, at least 1; what is left shrinks geometrically
 * @param seed of every random choice
 */
public record StructuredRecipe(
    GroupCriterion criterion,
    Ranking ranking,
    Target target,
    Floor floor,
    List<String> exclude,
    int steps,
    long seed) {

  /** Copies the list; refuses nulls and fewer steps than 1. */
  public StructuredRecipe {
    Objects.requireNonNull(criterion, "criterion");
    Objects.requireNonNull(ranking, "ranking");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(floor, "floor");
    exclude = List.copyOf(exclude);
    if (steps < 1) {
      throw new InvalidInputException("steps", "at least 1", "" + steps, "correct it");
    }
  }

  /** Removes the filters with the smallest L1 norms, relative to their group's mean, at once. */
  public static StructuredRecipe of(Target target) {
    return new StructuredRecipe(
        ChannelCriterion.of(Magnitude.INSTANCE),
        new Global(Normalization.MEAN),
        target,
        Floor.ONE,
        List.of(),
        1,
        Recipe.DEFAULT_SEED);
  }

  /**
   * Reads a YAML (or JSON) file.
   *
   * @throws InvalidInputException if it cannot be read or does not hold, naming file and key
   */
  public static StructuredRecipe load(Path file) {
    return StructuredRecipeText.load(file);
  }

  /**
   * Reads YAML (or JSON) text.
   *
   * @throws InvalidInputException if it does not hold, naming the key
   */
  public static StructuredRecipe parse(String text) {
    return StructuredRecipeText.parse("recipe", text);
  }

  /** Returns the YAML text that names every choice, the same for equal recipes. */
  public String canonicalText() {
    return StructuredRecipeText.write(this);
  }

  /** Returns the SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits. */
  public String sha256() {
    return Recipe.sha256(canonicalText());
  }

  /** Returns the same with other scores. */
  public StructuredRecipe with(GroupCriterion other) {
    return new StructuredRecipe(other, ranking, target, floor, exclude, steps, seed);
  }

  /** Returns the same with another competition. */
  public StructuredRecipe with(Ranking other) {
    return new StructuredRecipe(criterion, other, target, floor, exclude, steps, seed);
  }

  /** Returns the same with another target. */
  public StructuredRecipe with(Target other) {
    return new StructuredRecipe(criterion, ranking, other, floor, exclude, steps, seed);
  }

  /** Returns the same with something else that stays. */
  public StructuredRecipe with(Floor other) {
    return new StructuredRecipe(criterion, ranking, target, other, exclude, steps, seed);
  }

  /** Returns the same but for groups, by globs on their names, that stay as they are. */
  public StructuredRecipe excluding(String... globs) {
    return new StructuredRecipe(criterion, ranking, target, floor, List.of(globs), steps, seed);
  }

  /** Returns the same in so many steps. */
  public StructuredRecipe inSteps(int count) {
    return new StructuredRecipe(criterion, ranking, target, floor, exclude, count, seed);
  }

  /** Returns the same with another seed. */
  public StructuredRecipe withSeed(long other) {
    return new StructuredRecipe(criterion, ranking, target, floor, exclude, steps, other);
  }
}
