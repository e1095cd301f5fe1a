package org.espalier.pruning.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.espalier.sparse.InvalidInputException;

/**
 * A place in a configuration tree that checks what is read from it and remembers which keys were
 * asked for, so that a misspelt key is refused and not silently ignored. Every error names the
 * source and the path of the key.
 */
public final class ConfigNode {

  private static final String REMEDY = "correct this key";

  private final String source;
  private final String path;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  /**
   * @param source where the tree comes from, for messages: a file name or "recipe"
   * @param node root of the tree
   */
  public ConfigNode(String source, JsonNode node) {
    this(source, "", node);
  }

  private ConfigNode(String source, String path, JsonNode node) {
    this.source = source;
    this.path = path;
    this.node = node;
  }

  /** Returns whether this is a plain text. */
  public boolean isText() {
    return node.isTextual();
  }

  /** Returns whether this object has a value for the key, without counting as reading it. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /**
   * Returns whether this object has the key, be it without a value; does not count as reading it.
   */
  public boolean mentions(String key) {
    return node.has(key);
  }

  /** Returns the child under a key that must be there. */
  public ConfigNode required(String key) {
    return optional(key).orElseThrow(() -> error("the key '" + key + "'", "none"));
  }

  /** Returns the child under a key, if it is there and not null. */
  public Optional<ConfigNode> optional(String key) {
    if (!node.isObject()) {
      throw error("an object with keys", describe(node));
    }
    asked.add(key);
    JsonNode child = node.get(key);
    return child == null || child.isNull()
        ? Optional.empty()
        : Optional.of(new ConfigNode(source, path.isEmpty() ? key : path + "." + key, child));
  }

  /** Returns the elements of this list. */
  public List<ConfigNode> items() {
    if (!node.isArray()) {
      throw error("a list", describe(node));
    }
    List<ConfigNode> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new ConfigNode(source, path + "[" + i + "]", node.get(i)));
    }
    return items;
  }

  /** Returns this text. */
  public String text() {
    if (!node.isTextual()) {
      throw error("text", describe(node));
    }
    return node.textValue();
  }

  /** Returns this list of texts. */
  public List<String> texts() {
    return items().stream().map(ConfigNode::text).toList();
  }

  /** Returns this number. */
  public double number() {
    if (!node.isNumber()) {
      throw error("a number", describe(node));
    }
    return node.doubleValue();
  }

  /** Returns this whole number. */
  public long integer() {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw error("a whole number", describe(node));
    }
    return node.longValue();
  }

  /** Returns this truth value. */
  public boolean flag() {
    if (!node.isBoolean()) {
      throw error("true or false", describe(node));
    }
    return node.booleanValue();
  }

  /** Returns this object whose values are numbers, in its order. */
  public Map<String, Double> numbers() {
    if (!node.isObject()) {
      throw error("an object with keys", describe(node));
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    node.fieldNames().forEachRemaining(key -> numbers.put(key, required(key).number()));
    return numbers;
  }

  /** Returns a node without keys at the same place: what a component without parameters reads. */
  ConfigNode empty() {
    return new ConfigNode(source, path, JsonNodeFactory.instance.objectNode());
  }

  /** Runs a reader on this node; what a constructor refuses is reported at this place. */
  public <R> R build(Function<ConfigNode, R> reader) {
    try {
      return reader.apply(this);
    } catch (InvalidInputException e) {
      if (e.place().startsWith(source)) {
        throw e;
      }
      String place = path.isEmpty() ? e.place() : path + "." + e.place();
      throw new InvalidInputException(
          source + ": " + place, e.expected(), e.found(), e.remedy(), e);
    }
  }

  /** Refuses keys that nobody asked for. */
  public void requireAllRead() {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!asked.contains(key)) {
                throw error("keys among " + asked.stream().sorted().toList(), "'" + key + "'");
              }
            });
  }

  /** Returns the error that something else was expected here. */
  public InvalidInputException error(String expected, String found) {
    String place = path.isEmpty() ? source : source + ": " + path;
    return new InvalidInputException(place, expected, found, REMEDY);
  }

  private static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "the text '" + node.textValue() + "'";
      default -> node.toString();
    };
  }
}
