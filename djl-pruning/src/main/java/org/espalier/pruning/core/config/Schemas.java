package org.espalier.pruning.core.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Parts of JSON schemas (draft 2020-12) of configuration text. */
public final class Schemas {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Schemas() {}

  /** Returns an empty schema. */
  public static ObjectNode root(String title) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    return root.put("title", title);
  }

  /** Returns a schema as indented text. */
  public static String text(ObjectNode root) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JacksonException e) {
      throw new IllegalStateException("a schema is made of text and numbers", e);
    }
  }

  /** Returns one of a few texts. */
  public static ObjectNode choice(String description, List<String> texts) {
    ObjectNode choice = typed("string", description);
    texts.forEach(choice.putArray("enum")::add);
    return choice;
  }

  /** Adds what a registry reads: names, or objects with parameters, under its kind. */
  public static <T extends Component> void define(ObjectNode definitions, Registry<T> registry) {
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

  /** Returns an object that has no other keys than its {@link #properties}. */
  public static ObjectNode object(String description) {
    ObjectNode object = typed("object", description);
    object.putObject("properties");
    return object.put("additionalProperties", false);
  }

  /** Returns the keys of an object, to be added to. */
  public static ObjectNode properties(ObjectNode object) {
    return (ObjectNode) object.get("properties");
  }

  /** Returns a value of a JSON type. */
  public static ObjectNode typed(String type, String description) {
    return JSON.createObjectNode().put("type", type).put("description", description);
  }

  /** Returns a whole number of at least 1. */
  public static ObjectNode count(String description) {
    return typed("integer", description).put("minimum", 1);
  }

  /** Returns a list of texts. */
  public static ObjectNode globs(String description) {
    ObjectNode globs = typed("array", description);
    globs.putObject("items").put("type", "string");
    return globs;
  }
}
