package org.espalier.pruning.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.espalier.pruning.core.config.ConfigText;

/**
 * The first place at which the texts of two recipes say different things.
 *
 * @param key path of the key, for example {@code groups[0].schedule.end}
 * @param before what the first text says there, or {@code nothing}
 * @param after what the second text says there, or {@code nothing}
 */
public record RecipeDifference(String key, String before, String after) {

  /**
   * Compares two texts; only what they say counts, not how it is laid out.
   *
   * @param before canonical text of a recipe, or empty for none
   * @param after the same
   * @return the first difference in the order of the first text; empty if there is none
   * @throws org.espalier.sparse.InvalidInputException if a text is no YAML
   */
  public static Optional<RecipeDifference> first(String before, String after) {
    return first("", ConfigText.tree("recipe", before), ConfigText.tree("recipe", after));
  }

  private static Optional<RecipeDifference> first(String key, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .flatMap(
              name ->
                  first(
                      key.isEmpty() ? name : key + "." + name, before.path(name), after.path(name))
                      .stream())
          .findFirst();
    }
    if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        Optional<RecipeDifference> inside =
            first(key + "[" + i + "]", before.path(i), after.path(i));
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    String place = key.isEmpty() ? "recipe" : key;
    return Optional.of(new RecipeDifference(place, text(before), text(after)));
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.isValueNode() ? node.asText() : node.toString();
  }
}
