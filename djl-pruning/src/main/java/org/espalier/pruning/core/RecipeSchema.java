package org.espalier.pruning.core;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.compensation.Compensations;
import org.espalier.pruning.core.config.Schemas;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.forward.Forwards;
import org.espalier.pruning.core.lifecycle.Lifecycles;
import org.espalier.pruning.core.regularizer.Regularizers;
import org.espalier.pruning.core.schedule.Schedules;
import org.espalier.pruning.core.update.UpdateRules;
import org.espalier.sparse.pattern.Aggregate;

/**
 * The JSON schema (draft 2020-12) of recipes, made from the registries: editors complete and check
 * recipes by it. It is as strict as the reader on keys, types and names; ranges are the reader's.
 */
public final class RecipeSchema {

  private RecipeSchema() {}

  /** Returns the schema as indented JSON text, with the criteria of all jars on the class path. */
  public static String text() {
    ObjectNode root = Schemas.root("Espalier pruning recipe");
    ObjectNode definitions = root.putObject("$defs");
    Schemas.define(definitions, Criteria.REGISTRY);
    Schemas.define(definitions, Allocations.REGISTRY);
    Schemas.define(definitions, Schedules.REGISTRY);
    Schemas.define(definitions, Lifecycles.REGISTRY);
    Schemas.define(definitions, Compensations.REGISTRY);
    Schemas.define(definitions, Forwards.REGISTRY);
    Schemas.define(definitions, UpdateRules.REGISTRY);
    Schemas.define(definitions, Regularizers.REGISTRY);
    definitions.set("group", group());
    // One group may stand at the top instead of a list.
    ArrayNode forms = root.putArray("oneOf");
    ObjectNode list = Schemas.object("the groups of the recipe");
    Schemas.properties(list).set("seed", seed());
    ObjectNode groups = Schemas.properties(list).putObject("groups");
    groups.put("type", "array").put("minItems", 1);
    groups.putObject("items").put("$ref", "#/$defs/group");
    list.putArray("required").add("groups");
    forms.add(list);
    ObjectNode single = group();
    Schemas.properties(single).set("seed", seed());
    forms.add(single);
    return Schemas.text(root);
  }

  private static ObjectNode seed() {
    return Schemas.typed("integer", "seed of every random choice; default " + Recipe.DEFAULT_SEED);
  }

  private static ObjectNode group() {
    ObjectNode group = Schemas.object("parameters that are pruned together, and how");
    ObjectNode keys = Schemas.properties(group);
    keys.set("name", Schemas.typed("string", "for messages and reports; default weights"));
    keys.set("include", Schemas.globs("parameters to prune; default all that are prunable"));
    keys.set("exclude", Schemas.globs("parameters to leave alone"));
    keys.set("pattern", Schemas.typed("string", "where zeros may be; default unstructured"));
    keys.set(
        "aggregate",
        Schemas.choice(
            "from weights to units of the pattern; default sum",
            Arrays.stream(Aggregate.values()).map(Aggregate::text).toList()));
    for (String kind :
        new String[] {
          "criterion", "allocation", "schedule", "lifecycle", "compensation", "forward", "update"
        }) {
      keys.putObject(kind).put("$ref", "#/$defs/" + kind);
    }
    ObjectNode penalties = Schemas.typed("array", "penalties on the weights; default none");
    penalties.putObject("items").put("$ref", "#/$defs/regularizer");
    keys.set("regularizers", penalties);
    keys.set("batches", Schemas.count("batches that statistics are collected over; default 1"));
    keys.set("rounds", Schemas.count("parts that each decision is taken in; default 1"));
    group.putArray("required").add("schedule");
    return group;
  }
}
