package org.espalier.pruning.structured.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.config.ConfigNode;
import org.espalier.pruning.core.config.ConfigText;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.criterion.GroupCriteria;
import org.espalier.pruning.structured.criterion.GroupCriterion;
import org.espalier.pruning.structured.criterion.Reach;
import org.espalier.pruning.structured.ranking.Rankings;
import org.espalier.pruning.structured.target.Floor;
import org.espalier.pruning.structured.target.Targets;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Aggregate;

/** The text form of structured recipes: an object under the key {@code structured}. */
final class StructuredRecipeText {

  private static final String KEY = "structured";

  private StructuredRecipeText() {}

  static StructuredRecipe load(Path file) {
    return ConfigText.load(file).build(StructuredRecipeText::readRoot);
  }

  static StructuredRecipe parse(String source, String text) {
    return ConfigText.parse(source, text).build(StructuredRecipeText::readRoot);
  }

  private static StructuredRecipe readRoot(ConfigNode root) {
    ConfigNode node = root.required(KEY);
    root.requireAllRead();
    StructuredRecipe recipe = node.build(StructuredRecipeText::read);
    node.requireAllRead();
    return recipe;
  }

  private static StructuredRecipe read(ConfigNode node) {
    StructuredRecipe usual = StructuredRecipe.of(Targets.REGISTRY.read(node.required("target")));
    return new StructuredRecipe(
        readCriterion(node, usual.criterion()),
        node.optional("ranking").map(Rankings.REGISTRY::read).orElse(usual.ranking()),
        usual.target(),
        new Floor(count(node, "min_channels"), count(node, "multiple_of")),
        node.optional("exclude").map(ConfigNode::texts).orElse(List.of()),
        count(node, "steps"),
        node.optional("seed").map(ConfigNode::integer).orElse(Recipe.DEFAULT_SEED));
  }

  private static GroupCriterion readCriterion(ConfigNode node, GroupCriterion usual) {
    GroupCriterion read =
        node.optional("criterion").map(GroupCriteria.REGISTRY::read).orElse(usual);
    if (!(read instanceof ChannelCriterion criterion)) {
      refuse(node, "reach", read);
      refuse(node, "aggregate", read);
      return read;
    }
    Reach reach = node.optional("reach").map(n -> named(n, Reach::parse)).orElse(criterion.reach());
    Aggregate aggregate =
        node.optional("aggregate")
            .map(n -> named(n, Aggregate::parse))
            .orElse(criterion.aggregate());
    return criterion.over(reach).by(aggregate);
  }

  /** A criterion of whole channels has nothing to choose of their weights. */
  private static void refuse(ConfigNode node, String key, GroupCriterion criterion) {
    if (node.has(key)) {
      String expected = "no such key, as the criterion '" + criterion.type() + "' scores channels";
      throw node.required(key).error(expected, "one");
    }
  }

  private static <T> T named(ConfigNode node, Function<String, T> parser) {
    try {
      return parser.apply(node.text());
    } catch (InvalidInputException e) {
      throw node.error(e.expected(), e.found());
    }
  }

  private static int count(ConfigNode node, String key) {
    return node.optional(key)
        .map(n -> (int) Math.max(-1, Math.min(Integer.MAX_VALUE, n.integer())))
        .orElse(1);
  }

  static String write(StructuredRecipe recipe) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("seed", recipe.seed());
    keys.put("exclude", recipe.exclude());
    keys.put("criterion", ConfigText.describe(recipe.criterion()));
    if (recipe.criterion() instanceof ChannelCriterion criterion) {
      keys.put("reach", criterion.reach().text());
      keys.put("aggregate", criterion.aggregate().text());
    }
    keys.put("ranking", ConfigText.describe(recipe.ranking()));
    keys.put("target", ConfigText.describe(recipe.target()));
    keys.put("min_channels", recipe.floor().channels());
    keys.put("multiple_of", recipe.floor().multiple());
    keys.put("steps", recipe.steps());
    return ConfigText.write(Map.of(KEY, keys));
  }
}
