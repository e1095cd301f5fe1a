package org.espalier.hw.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.espalier.sparse.InvalidInputException;

/**
 * A value in a file. It checks what is read from it and remembers which keys were asked for, so
 * that a misspelt key is refused and not silently ignored. Every error names file, line and path.
 */
final class FileNode {

  private static final String REMEDY = "correct this value";

  /** A number as it stands in the file. */
  record Numeral(String text) {}

  private final String source;
  private final String path;
  private final int line;
  private final Object value;
  private final Set<String> asked = new TreeSet<>();

  /**
   * @param source file name
   * @param path of the value, such as {@code layers[0].m}; empty for the root
   * @param line from 1
   * @param value a map or a list of nodes, a text, a {@link Numeral}, a truth value, or null
   */
  FileNode(String source, String path, int line, Object value) {
    this.source = source;
    this.path = path;
    this.line = line;
    this.value = value;
  }

  /** Returns whether this is a plain text. */
  boolean isText() {
    return value instanceof String;
  }

  /** Returns whether this is a list. */
  boolean isList() {
    return value instanceof List;
  }

  /** Returns the keys of this object. */
  Set<String> keys() {
    return map().keySet();
  }

  /** Returns the value of a key that must be there. */
  FileNode required(String key) {
    return optional(key)
        .orElseThrow(() -> error("the key '" + key + "'", "none", "add '" + key + ": ...'"));
  }

  /** Returns the value of a key, if it is there. */
  Optional<FileNode> optional(String key) {
    asked.add(key);
    return Optional.ofNullable(map().get(key));
  }

  /** Returns the elements of this list, at least one. */
  List<FileNode> items() {
    if (!(value instanceof List<?> list)) {
      throw error("a list", describe(), REMEDY);
    }
    if (list.isEmpty()) {
      throw error("at least one element", "an empty list", "add one");
    }
    return list.stream().map(FileNode.class::cast).toList();
  }

  private Map<String, FileNode> map() {
    if (!(value instanceof Map<?, ?> map)) {
      throw error("keys and values", describe(), REMEDY);
    }
    @SuppressWarnings("unchecked")
    Map<String, FileNode> nodes = (Map<String, FileNode>) map;
    return nodes;
  }

  /** Returns this text, which is not blank. */
  String text() {
    if (!(value instanceof String text) || text.isBlank()) {
      throw error("a text", describe(), REMEDY);
    }
    return text;
  }

  /** Returns this text, which is one of those given. */
  String oneOf(String... texts) {
    String text = text();
    if (!List.of(texts).contains(text)) {
      throw error("one of " + String.join(", ", texts), describe(), REMEDY);
    }
    return text;
  }

  /** Returns this truth value. */
  boolean flag() {
    if (!(value instanceof Boolean flag)) {
      throw error("true or false", describe(), REMEDY);
    }
    return flag;
  }

  /** Returns this whole number, which is in a range. */
  int integer(int least, int most) {
    if (value instanceof Numeral number && number.text().matches("[+-]?\\d{1,18}")) {
      long found = Long.parseLong(number.text());
      if (found >= least && found <= most) {
        return (int) found;
      }
    }
    String expected =
        most == Integer.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most;
    throw error(expected, describe(), REMEDY);
  }

  /** Returns this whole number, at least 1. */
  int size() {
    return integer(1, Integer.MAX_VALUE);
  }

  /** Returns this number, which is in a range. */
  double number(double least, double most) {
    if (value instanceof Numeral number
        && number
            .text()
            .matches("[+-]?(\\d{1,18}\\.?\\d{0,18}|\\.\\d{1,18})([eE][+-]?\\d{1,3})?")) {
      double found = Double.parseDouble(number.text());
      if (found >= least && found <= most) {
        return found;
      }
    }
    throw error("a number from " + least + " to " + most, describe(), REMEDY);
  }

  /** Returns this density. */
  double density() {
    return number(0, 1);
  }

  /** Returns this quantity, above 0, in the unit that its dimension is read in. */
  double quantity(Dimension dimension) {
    String expected = "a number above 0 and a unit among " + dimension.unitNames();
    if (value instanceof Numeral) {
      throw error(expected, describe(), "write the unit, such as " + dimension.example());
    }
    Optional<Double> found =
        value instanceof String text ? dimension.parse(text) : Optional.empty();
    return found
        .filter(number -> number > 0 && !Double.isInfinite(number))
        .orElseThrow(() -> error(expected, describe(), "write it like " + dimension.example()));
  }

  /** Reads something here; what a constructor refuses is reported at this place. */
  <R> R build(Supplier<R> reader) {
    try {
      return reader.get();
    } catch (InvalidInputException e) {
      if (e.place().startsWith(source + ":")) {
        throw e;
      }
      throw new InvalidInputException(
          place() + " (" + e.place() + ")", e.expected(), e.found(), e.remedy(), e);
    }
  }

  /** Refuses keys that nobody asked for, here and in everything below. */
  void requireAllRead() {
    if (value instanceof Map) {
      map()
          .forEach(
              (key, child) -> {
                if (!asked.contains(key)) {
                  throw child.error(
                      "a key among " + String.join(", ", asked),
                      "'" + key + "'",
                      "correct or remove this key");
                }
                child.requireAllRead();
              });
    } else if (value instanceof List<?> list) {
      list.forEach(item -> ((FileNode) item).requireAllRead());
    }
  }

  /** Returns the error that something else was expected here. */
  InvalidInputException error(String expected, String found, String remedy) {
    return new InvalidInputException(place(), expected, found, remedy);
  }

  private String place() {
    return source + ":" + line + (path.isEmpty() ? "" : ": " + path);
  }

  /** Returns what stands here, for a message. */
  String describe() {
    if (value instanceof Map) {
      return "keys and values";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof String text) {
      return "the text '" + text + "'";
    }
    return value instanceof Numeral number ? number.text() : String.valueOf(value);
  }
}
