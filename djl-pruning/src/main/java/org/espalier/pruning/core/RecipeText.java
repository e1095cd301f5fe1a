package org.espalier.pruning.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.compensation.Compensations;
import org.espalier.pruning.core.config.ConfigNode;
import org.espalier.pruning.core.config.ConfigText;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.forward.Forwards;
import org.espalier.pruning.core.forward.Stored;
import org.espalier.pruning.core.lifecycle.Lifecycles;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.regularizer.Regularizers;
import org.espalier.pruning.core.schedule.Schedules;
import org.espalier.pruning.core.update.Plain;
import org.espalier.pruning.core.update.UpdateRules;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Aggregate;
import org.espalier.sparse.pattern.SparsityPattern;

/** The text form of recipes: YAML, of which JSON is a part. */
final class RecipeText {

  private RecipeText() {}

  static Recipe load(Path file) {
    return ConfigText.load(file).build(RecipeText::readRecipe);
  }

  static Recipe parse(String source, String text) {
    return ConfigText.parse(source, text).build(RecipeText::readRecipe);
  }

  /** Reads a recipe; one that has a single group may write the group's keys at the top. */
  private static Recipe readRecipe(ConfigNode root) {
    long seed = root.optional("seed").map(ConfigNode::integer).orElse(Recipe.DEFAULT_SEED);
    List<PruningGroup> groups = new ArrayList<>();
    if (root.has("groups")) {
      for (ConfigNode item : root.required("groups").items()) {
        groups.add(item.build(RecipeText::readGroup));
        item.requireAllRead();
      }
    } else {
      groups.add(readGroup(root));
    }
    root.requireAllRead();
    return new Recipe(seed, groups);
  }

  private static PruningGroup readGroup(ConfigNode node) {
    PruningGroup.Builder builder =
        PruningGroup.builder(Schedules.REGISTRY.read(node.required("schedule")));
    node.optional("name").ifPresent(n -> builder.optName(n.text()));
    node.optional("include").ifPresent(n -> builder.optInclude(globs(n)));
    node.optional("exclude").ifPresent(n -> builder.optExclude(globs(n)));
    node.optional("pattern").ifPresent(n -> builder.optPattern(readPattern(n)));
    node.optional("criterion").ifPresent(n -> builder.optCriterion(Criteria.REGISTRY.read(n)));
    node.optional("allocation").ifPresent(n -> builder.optAllocation(Allocations.REGISTRY.read(n)));
    node.optional("aggregate").ifPresent(n -> builder.optAggregate(readAggregate(n)));
    node.optional("compensation")
        .ifPresent(n -> builder.optCompensation(Compensations.REGISTRY.read(n)));
    builder.optEvidence(new Evidence(count(node, "batches"), count(node, "rounds")));
    node.optional("lifecycle").ifPresent(n -> builder.optLifecycle(Lifecycles.REGISTRY.read(n)));
    node.optional("forward").ifPresent(n -> builder.optForward(Forwards.REGISTRY.read(n)));
    node.optional("update").ifPresent(n -> builder.optUpdate(UpdateRules.REGISTRY.read(n)));
    node.optional("regularizers")
        .ifPresent(
            n ->
                builder.optRegularizers(
                    n.items().stream()
                        .map(Regularizers.REGISTRY::read)
                        .toArray(Regularizer[]::new)));
    return builder.build();
  }

  private static SparsityPattern readPattern(ConfigNode node) {
    try {
      return SparsityPattern.parse(node.text());
    } catch (InvalidInputException e) {
      throw node.error(e.expected(), e.found());
    }
  }

  private static Aggregate readAggregate(ConfigNode node) {
    try {
      return Aggregate.parse(node.text());
    } catch (InvalidInputException e) {
      throw node.error(e.expected(), e.found());
    }
  }

  private static int count(ConfigNode node, String key) {
    return node.optional(key)
        .map(n -> (int) Math.max(-1, Math.min(Integer.MAX_VALUE, n.integer())))
        .orElse(1);
  }

  private static String[] globs(ConfigNode node) {
    return node.texts().toArray(String[]::new);
  }

  static String write(Recipe recipe) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("seed", recipe.seed());
    root.put("groups", recipe.groups().stream().map(RecipeText::describe).toList());
    return ConfigText.write(root);
  }

  private static Map<String, Object> describe(PruningGroup group) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("name", group.name());
    keys.put("include", group.include());
    keys.put("exclude", group.exclude());
    keys.put("pattern", group.pattern().text());
    keys.put("aggregate", group.aggregate().text());
    keys.put("criterion", ConfigText.describe(group.criterion()));
    keys.put("allocation", ConfigText.describe(group.allocation()));
    keys.put("schedule", ConfigText.describe(group.schedule()));
    keys.put("lifecycle", ConfigText.describe(group.lifecycle()));
    keys.put("compensation", ConfigText.describe(group.compensation()));
    keys.put("batches", group.evidence().batches());
    keys.put("rounds", group.evidence().rounds());
    // Written only where they do something, so that texts and hashes of other recipes stay.
    if (group.forward() != Stored.INSTANCE) {
      keys.put("forward", ConfigText.describe(group.forward()));
    }
    if (group.update() != Plain.INSTANCE) {
      keys.put("update", ConfigText.describe(group.update()));
    }
    if (!group.regularizers().isEmpty()) {
      keys.put("regularizers", group.regularizers().stream().map(ConfigText::describe).toList());
    }
    return keys;
  }
}
