package org.espalier.tribuo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.espalier.pruning.core.Recipe;

/** Recipes as text that survives as a property of a configuration. */
public final class RecipeLine {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecipeLine() {}

  /**
   * Returns a recipe as JSON on one line, which {@link Recipe#parse} reads back to an equal recipe.
   * A recipe that travels as a property must survive XML attributes, which turn line ends into
   * blanks and would destroy YAML.
   */
  public static String of(Recipe recipe) {
    try {
      return JSON.writeValueAsString(YAML.readTree(recipe.canonicalText()));
    } catch (JacksonException e) {
      throw new IllegalStateException("canonical text is YAML", e);
    }
  }
}
