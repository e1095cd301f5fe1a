package org.espalier.pruning.core.config;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.espalier.sparse.InvalidInputException;

/**
 * The components of one kind by name.
 *
 * @param <T> kind of component
 */
public final class Registry<T extends Component> {

  private final String kind;
  private final Map<String, Entry<T>> entries;

  /** Why components from other jars are missing; null if none are. */
  private final InvalidInputException broken;

  /**
   * @param kind the key under which recipes name such a component, for example {@code criterion}
   * @param entries names must differ
   */
  public Registry(String kind, List<Entry<T>> entries) {
    this(kind, entries, List::of);
  }

  /**
   * @param kind the key under which recipes name such a component
   * @param own names must differ
   * @param foreign finds what other jars add. Where it fails or a name is taken, nothing of it is
   *     registered and every {@link #read} is refused with the reason: a recipe must not mean
   *     something else because a jar is broken
   */
  public Registry(String kind, List<Entry<T>> own, Supplier<List<Entry<T>>> foreign) {
    this.kind = kind;
    Map<String, Entry<T>> byName = new TreeMap<>();
    InvalidInputException problem = null;
    for (Entry<T> entry : own) {
      if (byName.put(entry.name(), entry) != null) {
        throw new IllegalStateException(kind + " '" + entry.name() + "' is registered twice");
      }
    }
    try {
      Map<String, Entry<T>> all = new TreeMap<>(byName);
      for (Entry<T> entry : foreign.get()) {
        if (all.put(entry.name(), entry) != null) {
          throw error(kind, "a name of its own", "'" + entry.name() + "' twice", null);
        }
      }
      byName = all;
    } catch (InvalidInputException e) {
      problem = e;
    } catch (ServiceConfigurationError | RuntimeException e) {
      problem = error(kind, "a provider that loads", String.valueOf(e.getMessage()), e);
    }
    this.entries = Collections.unmodifiableMap(byName);
    this.broken = problem;
  }

  private static InvalidInputException error(
      String kind, String expected, String found, Throwable cause) {
    return new InvalidInputException(
        "a " + kind + " from another jar",
        expected,
        found,
        "correct that jar or take it off the class path",
        cause);
  }

  /**
   * Returns a registry of the same kind that has these components as parts of others, under the
   * same names, and some more.
   *
   * @param change makes the other component of one of these
   * @param more names must differ from each other; one that is taken is refused as a jar's is
   */
  public <R extends Component> Registry<R> extended(Function<T, R> change, List<Entry<R>> more) {
    return new Registry<>(
        kind,
        more,
        () -> {
          if (broken != null) {
            throw broken;
          }
          return entries.values().stream().map(entry -> changed(entry, change)).toList();
        });
  }

  private static <T extends Component, R extends Component> Entry<R> changed(
      Entry<T> entry, Function<T, R> change) {
    return new Entry<>(
        entry.name(), entry.summary(), entry.parameters(), entry.reader().andThen(change));
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
    if (broken != null) {
      throw broken;
    }
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
