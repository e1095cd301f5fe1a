package org.espalier.pruning.core.config;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.espalier.sparse.InvalidInputException;

/**
 * The components of one kind by name, each with the function that reads its parameters.
 *
 * @param <T> kind of component
 */
public final class Registry<T extends Component> {

  private final Map<String, Function<ConfigNode, T>> factories;

  /**
   * @param factories name to reader; a reader asks its node for every key it knows
   */
  public Registry(Map<String, Function<ConfigNode, T>> factories) {
    this.factories = Collections.unmodifiableMap(new TreeMap<>(factories));
  }

  /** Returns the names of all registered components, sorted. */
  public Set<String> names() {
    return factories.keySet();
  }

  /**
   * Reads a component: either just its name, or an object with the key {@code type} and parameters.
   *
   * @throws InvalidInputException if the name is unknown, a parameter is unknown or out of range
   */
  public T read(ConfigNode node) {
    boolean plain = node.isText();
    String type = plain ? node.text() : node.required("type").text();
    Function<ConfigNode, T> factory = factories.get(type);
    if (factory == null) {
      ConfigNode place = plain ? node : node.required("type");
      throw place.error("one of " + String.join(", ", names()), "'" + type + "'");
    }
    ConfigNode parameters = plain ? node.empty() : node;
    T component = parameters.build(factory);
    parameters.requireAllRead();
    return component;
  }
}
