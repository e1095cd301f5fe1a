package org.espalier.pruning.core;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.compensation.Compensations;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.config.ConfigNode;
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

  /** A recipe is a page of text; anything much larger is another file. */
  private static final long MAX_BYTES = 1 << 20;

  private static final ObjectMapper YAML = new ObjectMapper(yamlFactory());

  private RecipeText() {}

  private static YAMLFactory yamlFactory() {
    return YAMLFactory.builder()
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .disable(YAMLGenerator.Feature.SPLIT_LINES)
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
        // Doubles in their shortest form on every JDK: the hash of a recipe hangs on it.
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }

  static Recipe load(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InvalidInputException(
            file.toString(),
            "a recipe of at most " + MAX_BYTES + " bytes",
            Files.size(file) + " bytes",
            "name the YAML file of a recipe");
      }
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(),
          "a readable recipe file in UTF-8",
          e.getClass().getSimpleName(),
          "check the path and its permissions",
          e);
    }
  }

  static Recipe parse(String source, String text) {
    return new ConfigNode(source, tree(source, text)).build(RecipeText::readRecipe);
  }

  /** Returns the tree of keys and values of a text. */
  static JsonNode tree(String source, String text) {
    try {
      return YAML.readTree(text);
    } catch (JacksonException e) {
      String place =
          e.getLocation() == null
              ? source
              : source + ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new InvalidInputException(
          place, "YAML", e.getOriginalMessage(), "correct the text at this place", e);
    }
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
    try {
      return YAML.writeValueAsString(root);
    } catch (JacksonException e) {
      throw new IllegalStateException("a recipe is made of text and numbers", e);
    }
  }

  private static Map<String, Object> describe(PruningGroup group) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("name", group.name());
    keys.put("include", group.include());
    keys.put("exclude", group.exclude());
    keys.put("pattern", group.pattern().text());
    keys.put("aggregate", group.aggregate().text());
    keys.put("criterion", describe(group.criterion()));
    keys.put("allocation", describe(group.allocation()));
    keys.put("schedule", describe(group.schedule()));
    keys.put("lifecycle", describe(group.lifecycle()));
    keys.put("compensation", describe(group.compensation()));
    keys.put("batches", group.evidence().batches());
    keys.put("rounds", group.evidence().rounds());
    // Written only where they do something, so that texts and hashes of other recipes stay.
    if (group.forward() != Stored.INSTANCE) {
      keys.put("forward", describe(group.forward()));
    }
    if (group.update() != Plain.INSTANCE) {
      keys.put("update", describe(group.update()));
    }
    if (!group.regularizers().isEmpty()) {
      keys.put("regularizers", group.regularizers().stream().map(RecipeText::describe).toList());
    }
    return keys;
  }

  private static Object describe(Component component) {
    if (component.parameters().isEmpty()) {
      return component.type();
    }
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("type", component.type());
    keys.putAll(component.parameters());
    return keys;
  }
}
