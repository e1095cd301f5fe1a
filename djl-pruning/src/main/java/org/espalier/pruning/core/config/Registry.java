package org.espalier.pruning.core.config;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;

/**
 * The components of one kind by name.
 *
 * @param <T> kind of component
 */
public final class Registry<T extends Component> {

  private final String kind;
  private final Map<String, Entry<T>> entries;

  /**
   * @param kind the key under which recipes name such a component, for example {@code criterion}
   * @param entries names must differ
   */
  public Registry(String kind, List<Entry<T>> entries) {
    this.kind = kind;
    Map<String, Entry<T>> byName = new TreeMap<>();
    for (Entry<T> entry : entries) {
      if (byName.put(entry.name(), entry) != null) {
        throw new IllegalStateException(
            "two components register as " + kind + " '" + entry.name() + "'; rename one");
      }
    }
    this.entries = Collections.unmodifiableMap(byName);
  }

  /** Returns the key under which recipes name such a component. */
  public String kind() {
    return kind;
  }

  /** Returns the names of all registered components, sorted. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** Returns all registered components, sorted by name. */
  public Collection<Entry<T>> entries() {
    return entries.values();
  }

  /**
   * Reads a component: either just its name, or an object with the key {@code type} and parameters.
   *
   * @throws InvalidInputException if the name is unknown, a parameter is unknown or out of range
   */
  public T read(ConfigNode node) {
    boolean plain = node.isText();
    String type = plain ? node.text() : node.required("type").text();
    Entry<T> entry = entries.get(type);
    if (entry == null) {
      ConfigNode place = plain ? node : node.required("type");
      throw place.error("one of " + String.join(", ", names()), "'" + type + "'");
    }
    ConfigNode parameters = plain ? node.empty() : node;
    T component = parameters.build(n -> entry.reader().apply(new Values(entry.parameters(), n)));
    parameters.requireAllRead();
    return component;
  }
}
