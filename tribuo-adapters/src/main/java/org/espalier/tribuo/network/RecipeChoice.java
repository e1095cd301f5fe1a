package org.espalier.tribuo.network;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.nio.file.Path;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Schedule;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.EspalierException;

/**
 * What a trainer prunes by: a recipe, or a sparsity that becomes a recipe when the length of the
 * training is known, or nothing.
 *
 * @param given the recipe; null if none was given
 * @param sparsity fraction of zeros in (0, 1); 0 if none was given
 */
record RecipeChoice(Recipe given, double sparsity) {

  /** Decisions of the recipe that a sparsity becomes, about. */
  private static final int DECISIONS = 30;

  /**
   * Reads the properties of a trainer.
   *
   * @param component its name, for messages; may be null
   * @param path of a recipe file, or null
   * @param text of a recipe, or null
   * @param sparsity or 0
   * @throws PropertyException naming the property that does not hold
   */
  static RecipeChoice of(String component, Path path, String text, double sparsity) {
    if ((path == null ? 0 : 1) + (text == null ? 0 : 1) + (sparsity == 0 ? 0 : 1) > 1) {
      throw new PropertyException(
          component,
          sparsity == 0 ? "recipePath" : "sparsity",
          "recipePath, recipe and sparsity exclude each other; keep one");
    }
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new PropertyException(
          component,
          "sparsity",
          "expected a fraction of zeros in [0, 1), found "
              + sparsity
              + "; 0.9 prunes nine weights of ten");
    }
    String property = path == null ? "recipe" : "recipePath";
    try {
      Recipe recipe = path != null ? Recipe.load(path) : text == null ? null : Recipe.parse(text);
      return new RecipeChoice(recipe, sparsity);
    } catch (EspalierException e) {
      throw new PropertyException(e, component, property, "the recipe does not hold: " + e);
    }
  }

  /**
   * Returns the recipe of a training; null for none. A sparsity means the smallest weights of each
   * layer, by {@link #schedule}.
   *
   * @param steps of the training, at least 1
   */
  Recipe recipe(long steps) {
    return sparsity == 0 ? given : Recipe.of(schedule(sparsity, steps));
  }

  /**
   * Returns the schedule of a sparsity: cubic over the first three quarters of the training; then
   * masks stay.
   *
   * @param sparsity in (0, 1)
   * @param steps of the training, at least 1
   */
  static Schedule schedule(double sparsity, long steps) {
    long end = Math.min(steps - 1, steps * 3 / 4);
    if (end < 1) {
      return new OneShot(sparsity, Timing.Unit.STEP, 0);
    }
    long every = Math.max(1, end / DECISIONS);
    return Curve.cubic(0, sparsity, new Timing(Timing.Unit.STEP, 0, end, every));
  }
}
