package org.espalier.pruning.core;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.compensation.Compensations;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;
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

  private static final ObjectMapper JSON = new ObjectMapper();

  private RecipeSchema() {}

  /** Returns the schema as indented JSON text, with the criteria of all jars on the class path. */
  public static String text() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Espalier pruning recipe");
    ObjectNode definitions = JSON.createObjectNode();
    define(definitions, Criteria.REGISTRY);
    define(definitions, Allocations.REGISTRY);
    define(definitions, Schedules.REGISTRY);
    define(definitions, Lifecycles.REGISTRY);
    define(definitions, Compensations.REGISTRY);
    define(definitions, Forwards.REGISTRY);
    define(definitions, UpdateRules.REGISTRY);
    define(definitions, Regularizers.REGISTRY);
    definitions.set("group", group());
    root.set("$defs", definitions);
    // One group may stand at the top instead of a list.
    ArrayNode forms = root.putArray("oneOf");
    ObjectNode list = object("the groups of the recipe");
    properties(list).set("seed", seed());
    ObjectNode groups = properties(list).putObject("groups");
    groups.put("type", "array").put("minItems", 1);
    groups.putObject("items").put("$ref", "#/$defs/group");
    list.putArray("required").add("groups");
    forms.add(list);
    ObjectNode single = group();
    properties(single).set("seed", seed());
    forms.add(single);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JacksonException e) {
      throw new IllegalStateException("a schema is made of text and numbers", e);
    }
  }

  private static ObjectNode seed() {
    return typed("integer", "seed of every random choice; default " + Recipe.DEFAULT_SEED);
  }

  private static ObjectNode group() {
    ObjectNode group = object("parameters that are pruned together, and how");
    ObjectNode keys = properties(group);
    keys.set("name", typed("string", "for messages and reports; default weights"));
    keys.set("include", globs("parameters to prune; default all that are prunable"));
    keys.set("exclude", globs("parameters to leave alone"));
    keys.set("pattern", typed("string", "where zeros may be; default unstructured"));
    ObjectNode aggregate = typed("string", "from weights to units of the pattern; default sum");
    ArrayNode names = aggregate.putArray("enum");
    Arrays.stream(Aggregate.values()).map(Aggregate::text).forEach(names::add);
    keys.set("aggregate", aggregate);
    for (String kind :
        new String[] {
          "criterion", "allocation", "schedule", "lifecycle", "compensation", "forward", "update"
        }) {
      keys.putObject(kind).put("$ref", "#/$defs/" + kind);
    }
    ObjectNode penalties = typed("array", "penalties on the weights; default none");
    penalties.putObject("items").put("$ref", "#/$defs/regularizer");
    keys.set("regularizers", penalties);
    keys.set("batches", count("batches that statistics are collected over; default 1"));
    keys.set("rounds", count("parts that each decision is taken in; default 1"));
    group.putArray("required").add("schedule");
    return group;
  }

  private static <T extends Component> void define(ObjectNode definitions, Registry<T> registry) {
    ArrayNode forms = JSON.createArrayNode();
    for (Entry<T> entry : registry.entries()) {
      if (entry.parameters().stream().noneMatch(Parameter::required)) {
        forms.addObject().put("const", entry.name()).put("description", entry.summary());
      }
      ObjectNode form = object(entry.summary());
      ObjectNode keys = properties(form);
      keys.putObject("type").put("const", entry.name());
      ArrayNode required = form.putArray("required").add("type");
      for (Parameter parameter : entry.parameters()) {
        keys.set(parameter.name(), value(parameter));
        if (parameter.required()) {
          required.add(parameter.name());
        }
      }
      forms.add(form);
    }
    definitions.putObject(registry.kind()).set("oneOf", forms);
  }

  private static ObjectNode value(Parameter parameter) {
    ObjectNode value =
        switch (parameter.kind()) {
          case NUMBER -> typed("number", parameter.meaning());
          case INTEGER -> typed("integer", parameter.meaning());
          case FLAG -> typed("boolean", parameter.meaning());
          case CHOICE -> {
            ObjectNode choice = typed("string", parameter.meaning());
            parameter.choices().forEach(choice.putArray("enum")::add);
            yield choice;
          }
          case TABLE -> {
            ObjectNode table = typed("object", parameter.meaning());
            table.putObject("additionalProperties").put("type", "number");
            yield table;
          }
        };
    parameter.fallback().ifPresent(fallback -> value.putPOJO("default", fallback));
    return value;
  }

  private static ObjectNode object(String description) {
    ObjectNode object = typed("object", description);
    object.putObject("properties");
    return object.put("additionalProperties", false);
  }

  private static ObjectNode properties(ObjectNode object) {
    return (ObjectNode) object.get("properties");
  }

  private static ObjectNode typed(String type, String description) {
    return JSON.createObjectNode().put("type", type).put("description", description);
  }

  private static ObjectNode count(String description) {
    return typed("integer", description).put("minimum", 1);
  }

  private static ObjectNode globs(String description) {
    ObjectNode globs = typed("array", description);
    globs.putObject("items").put("type", "string");
    return globs;
  }
}
