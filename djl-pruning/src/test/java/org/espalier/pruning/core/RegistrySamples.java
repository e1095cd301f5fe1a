package org.espalier.pruning.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.config.ConfigNode;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Parameter;
import org.espalier.pruning.core.config.Registry;

/** One component of each registered kind, for tests that go over a registry. */
public final class RegistrySamples {

  private RegistrySamples() {}

  /** Reads a component with its defaults, and 0.5 (or, in a table, for all) where it has none. */
  public static <T extends Component> T of(Entry<T> entry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", entry.name());
    for (Parameter parameter : entry.parameters()) {
      if (parameter.required() || parameter.kind() == Parameter.Kind.NUMBER) {
        switch (parameter.kind()) {
          case NUMBER -> {
            if (parameter.fallback().isEmpty()) {
              node.put(parameter.name(), 0.5);
            }
          }
          case INTEGER -> node.put(parameter.name(), 10);
          case TABLE -> node.putObject(parameter.name()).put("*", 0.5);
          default -> throw new IllegalStateException(parameter + " has no default");
        }
      }
    }
    return new Registry<>("sample", List.of(entry)).read(new ConfigNode("sample", node));
  }
}
