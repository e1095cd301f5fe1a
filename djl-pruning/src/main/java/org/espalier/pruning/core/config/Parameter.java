package org.espalier.pruning.core.config;

import java.util.List;
import java.util.Optional;

/**
 * One key of a component: what recipes may write there. The same declaration reads recipes, makes
 * their JSON schema and their documentation.
 *
 * @param name key, in snake case
 * @param kind what a value is
 * @param fallback value where a recipe has none; empty = see {@code required}
 * @param required whether a recipe must give it
 * @param choices the texts allowed, for {@link Kind#CHOICE}; else empty
 * @param meaning one line: what it does, unit and range
 */
public record Parameter(
    String name,
    Kind kind,
    Optional<Object> fallback,
    boolean required,
    List<String> choices,
    String meaning) {

  /** The kinds of values. */
  public enum Kind {
    /** A number with fraction. */
    NUMBER,
    /** A whole number. */
    INTEGER,
    /** True or false. */
    FLAG,
    /** One of a few texts. */
    CHOICE,
    /** An object whose values are numbers; its keys are what the component makes of them. */
    TABLE
  }

  /** Copies the list. */
  public Parameter {
    choices = List.copyOf(choices);
  }

  /** Returns a number with a default. */
  public static Parameter number(String name, double fallback, String meaning) {
    return new Parameter(name, Kind.NUMBER, Optional.of(fallback), false, List.of(), meaning);
  }

  /** Returns a number that must be given. */
  public static Parameter number(String name, String meaning) {
    return new Parameter(name, Kind.NUMBER, Optional.empty(), true, List.of(), meaning);
  }

  /** Returns a whole number with a default. */
  public static Parameter integer(String name, long fallback, String meaning) {
    return new Parameter(name, Kind.INTEGER, Optional.of(fallback), false, List.of(), meaning);
  }

  /** Returns a whole number that must be given. */
  public static Parameter integer(String name, String meaning) {
    return new Parameter(name, Kind.INTEGER, Optional.empty(), true, List.of(), meaning);
  }

  /** Returns a flag with a default. */
  public static Parameter flag(String name, boolean fallback, String meaning) {
    return new Parameter(name, Kind.FLAG, Optional.of(fallback), false, List.of(), meaning);
  }

  /** Returns a choice with a default, which must be among the choices. */
  public static Parameter choice(
      String name, String fallback, List<String> choices, String meaning) {
    return new Parameter(name, Kind.CHOICE, Optional.of(fallback), false, choices, meaning);
  }

  /** Returns a table from texts to numbers that must be given. */
  public static Parameter table(String name, String meaning) {
    return new Parameter(name, Kind.TABLE, Optional.empty(), true, List.of(), meaning);
  }

  /** Returns this parameter without default and not required: {@link Values#has} tells. */
  public Parameter orNothing() {
    return new Parameter(name, kind, Optional.empty(), false, choices, meaning);
  }
}
