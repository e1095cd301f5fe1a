package org.espalier.pruning.core.config;

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
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;

/** Configuration as text: YAML, of which JSON is a part. */
public final class ConfigText {

  /** A recipe is a page of text; anything much larger is another file. */
  private static final long MAX_BYTES = 1 << 20;

  private static final ObjectMapper YAML = new ObjectMapper(yamlFactory());

  private ConfigText() {}

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

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read, is too large, or is no YAML
   */
  public static ConfigNode load(Path file) {
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

  /**
   * Reads a text.
   *
   * @param source where it comes from, for messages
   * @throws InvalidInputException if it is no YAML
   */
  public static ConfigNode parse(String source, String text) {
    return new ConfigNode(source, tree(source, text));
  }

  /**
   * Returns the tree of keys and values of a text.
   *
   * @param source where it comes from, for messages
   * @throws InvalidInputException if it is no YAML
   */
  public static JsonNode tree(String source, String text) {
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

  /** Returns keys and values as text, the same for equal ones. */
  public static String write(Map<String, Object> root) {
    try {
      return YAML.writeValueAsString(root);
    } catch (JacksonException e) {
      throw new IllegalStateException("a recipe is made of text and numbers", e);
    }
  }

  /** Returns what {@link Registry#read} reads: the name, or keys where there are parameters. */
  public static Object describe(Component component) {
    if (component.parameters().isEmpty()) {
      return component.type();
    }
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("type", component.type());
    keys.putAll(component.parameters());
    return keys;
  }
}
