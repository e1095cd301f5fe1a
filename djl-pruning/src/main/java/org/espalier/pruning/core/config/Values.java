package org.espalier.pruning.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of one component as a recipe gives them, with defaults filled in. */
public final class Values {

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Reads every declared parameter; a node is asked for no other key. */
  Values(List<Parameter> parameters, ConfigNode node) {
    for (Parameter parameter : parameters) {
      Optional<Object> given =
          (parameter.required()
                  ? Optional.of(node.required(parameter.name()))
                  : node.optional(parameter.name()))
              .map(child -> read(parameter, child));
      given.or(parameter::fallback).ifPresent(value -> values.put(parameter.name(), value));
    }
  }

  /** Returns whether the parameter has a value. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns a {@link Parameter.Kind#NUMBER}. */
  public double number(String name) {
    return (Double) get(name);
  }

  /** Returns a {@link Parameter.Kind#INTEGER}. */
  public long integer(String name) {
    return (Long) get(name);
  }

  /** Returns a {@link Parameter.Kind#FLAG}. */
  public boolean flag(String name) {
    return (Boolean) get(name);
  }

  /** Returns a {@link Parameter.Kind#CHOICE}. */
  public String text(String name) {
    return (String) get(name);
  }

  /** Returns a {@link Parameter.Kind#TABLE}, in the order of the recipe. */
  public Map<String, Double> table(String name) {
    Map<String, Double> table = new LinkedHashMap<>();
    ((Map<?, ?>) get(name)).forEach((key, value) -> table.put((String) key, (Double) value));
    return table;
  }

  private Object get(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("the parameter '" + name + "' is not declared or not given");
    }
    return value;
  }

  private static Object read(Parameter parameter, ConfigNode node) {
    return switch (parameter.kind()) {
      case NUMBER -> node.number();
      case INTEGER -> node.integer();
      case FLAG -> node.flag();
      case CHOICE -> {
        if (!parameter.choices().contains(node.text())) {
          throw node.error(
              "one of " + String.join(", ", parameter.choices()), "'" + node.text() + "'");
        }
        yield node.text();
      }
      case TABLE -> node.numbers();
    };
  }
}
