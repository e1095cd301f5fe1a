package org.espalier.examples.tensor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.config.ConfigNode;
import org.espalier.pruning.core.config.Registry;
import org.espalier.sparse.InvalidInputException;

/**
 * A component on the command line: its name, its name with parameters ({@code
 * erk:min_kept=4,power=2}), or what a recipe would hold ({@code {type: erk, min_kept: 4}}). All go
 * through the registry, so that the same mistakes are refused as in a recipe.
 */
final class ComponentText {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private ComponentText() {}

  /**
   * Reads a component.
   *
   * @param option for messages, for example {@code --criterion}
   * @throws InvalidInputException if there is no such component, or a parameter does not hold
   */
  static <T extends Component> T read(String option, String text, Registry<T> registry) {
    JsonNode tree = text.strip().startsWith("{") ? flow(option, text) : tree(option, text.strip());
    return new ConfigNode(option, tree).build(registry::read);
  }

  private static JsonNode flow(String option, String text) {
    try {
      return YAML.readTree(text);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          option, "an object such as {type: erk}", e.getOriginalMessage(), "correct it", e);
    }
  }

  private static JsonNode tree(String option, String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return JsonNodeFactory.instance.textNode(text);
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", text.substring(0, colon));
    for (String pair : text.substring(colon + 1).split(",", -1)) {
      int equals = pair.indexOf('=');
      String key = pair.substring(0, Math.max(0, equals)).strip();
      if (key.isEmpty() || object.has(key)) {
        throw new InvalidInputException(
            option, "name:key=value,key=value, each key once", "'" + text + "'", "correct it");
      }
      object.set(key, scalar(pair.substring(equals + 1).strip()));
    }
    return object;
  }

  private static JsonNode scalar(String text) {
    if (text.equals("true") || text.equals("false")) {
      return JsonNodeFactory.instance.booleanNode(text.equals("true"));
    }
    if (text.matches("[+-]?\\d{1,18}")) {
      return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
    }
    if (text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      return JsonNodeFactory.instance.numberNode(Double.parseDouble(text));
    }
    return JsonNodeFactory.instance.textNode(text);
  }
}
