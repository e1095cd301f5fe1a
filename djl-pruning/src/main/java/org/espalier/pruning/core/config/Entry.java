package org.espalier.pruning.core.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One registered component: its name, what it is, its parameters and how it is made of them.
 *
 * @param name as recipes write it
 * @param summary one line: the formula and its source
 * @param parameters all keys that it reads
 * @param reader makes the component; refuses what is out of range
 * @param <T> kind of component
 */
public record Entry<T extends Component>(
    String name, String summary, List<Parameter> parameters, Function<Values, T> reader) {

  /** Copies the list; refuses names that occur twice. */
  public Entry {
    parameters = List.copyOf(parameters);
    Map<String, Parameter> byName =
        parameters.stream()
            .collect(Collectors.toMap(Parameter::name, p -> p, (a, b) -> a, TreeMap::new));
    if (byName.size() != parameters.size()) {
      throw new IllegalArgumentException(name + " declares a parameter twice");
    }
  }

  /** Returns an entry. */
  public static <T extends Component> Entry<T> of(
      String name, String summary, Function<Values, T> reader, Parameter... parameters) {
    return new Entry<>(name, summary, List.of(parameters), reader);
  }
}
