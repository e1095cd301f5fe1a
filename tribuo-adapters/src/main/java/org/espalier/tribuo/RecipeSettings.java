package org.espalier.tribuo;

import com.oracle.labs.mlrg.olcut.config.PropertyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.pruning.core.forward.Stored;
import org.espalier.pruning.core.schedule.Curve;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.core.update.Plain;
import org.espalier.sparse.EspalierException;

/**
 * The properties of a {@link PruningOptimiser} that say how to prune, before they are checked. One
 * of path, text and sparsity is set, no more.
 *
 * @param component name of the component in its configuration, for messages; null if it has none
 * @param path of a recipe file, or null
 * @param text of a recipe, or null
 * @param sparsity fraction of zeros in (0, 1), or 0 for none
 * @param begin first decision, in optimizer steps; only with sparsity
 * @param end last decision, in optimizer steps, or 0 for one shot; only with sparsity
 * @param every steps between decisions; only with sparsity
 */
record RecipeSettings(
    String component, Path path, String text, double sparsity, long begin, long end, long every) {

  /**
   * Returns the recipe that the properties mean.
   *
   * @throws PropertyException naming the property that does not hold, and the cure
   */
  Recipe recipe() {
    requireOneForm();
    if (sparsity != 0) {
      return simple();
    }
    requireNoSteps();
    String property = path == null ? "recipe" : "recipePath";
    try {
      return requireServes(
          component, property, path == null ? Recipe.parse(text) : Recipe.load(path));
    } catch (EspalierException e) {
      throw new PropertyException(e, component, property, "the recipe does not hold");
    }
  }

  /**
   * Refuses a recipe that counts epochs, or asks for what belongs to the training loop of a network
   * and would be passed over in silence.
   *
   * @throws PropertyException naming the property and the group
   */
  static Recipe requireServes(String component, String property, Recipe recipe) {
    for (PruningGroup group : recipe.groups()) {
      String place = "group '" + group.name() + "' ";
      if (group.schedule().timing().unit() == Timing.Unit.EPOCH) {
        throw new PropertyException(
            component,
            property,
            place
                + "counts epochs, which Tribuo does not show to an optimiser; set the unit of its"
                + " schedule to step: an epoch has examples / minibatch size steps");
      }
      if (group.forward() != Stored.INSTANCE
          || group.update() != Plain.INSTANCE
          || !group.regularizers().isEmpty()) {
        throw new PropertyException(
            component,
            property,
            place
                + "has a forward rule, an update rule or regularizers, which work in DJL's training"
                + " loop only; remove forward, update and regularizers");
      }
      if (group.lifecycle().revives()) {
        throw new PropertyException(
            component,
            property,
            place
                + "may revive weights, whose optimiser state Tribuo does not show; set lifecycle to"
                + " prune or lock");
      }
      if (!Set.of(Statistic.GRADIENT).containsAll(group.needs())
          || group.criteria().stream().anyMatch(TrackingCriterion.class::isInstance)) {
        throw new PropertyException(
            component,
            property,
            place
                + "ranks by what Tribuo does not show to an optimiser; choose a criterion of weights"
                + " or gradients, for example magnitude or taylor");
      }
    }
    return recipe;
  }

  private void requireOneForm() {
    List<String> forms = new ArrayList<>();
    if (path != null) {
      forms.add("recipePath");
    }
    if (text != null) {
      forms.add("recipe");
    }
    if (sparsity != 0) {
      forms.add("sparsity");
    }
    if (forms.isEmpty()) {
      throw error("recipePath", "nothing says how to prune; set recipePath, recipe or sparsity");
    }
    if (forms.size() > 1) {
      throw error(
          forms.get(1), "recipePath, recipe and sparsity exclude each other; keep one of " + forms);
    }
  }

  private void requireNoSteps() {
    String surplus = begin != 0 ? "begin" : end != 0 ? "end" : every != 1 ? "every" : null;
    if (surplus != null) {
      throw error(surplus, "belongs to sparsity; remove it, the recipe has a schedule of its own");
    }
  }

  private Recipe simple() {
    if (!(sparsity > 0 && sparsity < 1)) {
      throw error(
          "sparsity",
          "expected a fraction of zeros in (0, 1), found "
              + sparsity
              + "; 0.9 prunes nine weights of ten");
    }
    if (end == 0) {
      if (begin < 1) {
        throw error(
            "begin",
            "expected at least 1 optimizer step, found "
                + begin
                + "; linear weights start at zero, so train for a while (an epoch has examples /"
                + " minibatch size steps) before pruning in one shot");
      }
      if (every != 1) {
        throw error("every", "one shot has no second decision; set end too, or remove every");
      }
      return Recipe.of(new OneShot(sparsity, Timing.Unit.STEP, begin));
    }
    if (begin < 0) {
      throw error("begin", "expected at least 0 optimizer steps, found " + begin + "; correct it");
    }
    if (end <= begin) {
      throw error(
          "end",
          "expected more than begin = "
              + begin
              + " optimizer steps, found "
              + end
              + "; raise it, or set it to 0 to prune in one shot");
    }
    if (every < 1) {
      throw error("every", "expected at least 1 optimizer step, found " + every + "; correct it");
    }
    return Recipe.of(Curve.cubic(0, sparsity, new Timing(Timing.Unit.STEP, begin, end, every)));
  }

  private PropertyException error(String property, String message) {
    return new PropertyException(component, property, message);
  }
}
