package org.espalier.pruning.djl;

import java.util.Map;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;

/** The other parts of a session whose numbers go into its memory, by name. */
final class CarriedParts {

  private final Map<String, Carried> parts = new TreeMap<>();

  void add(Carried part) {
    if (parts.putIfAbsent(part.name(), part) != null) {
      throw new IllegalArgumentException("a part named '" + part.name() + "' is carried already");
    }
  }

  Map<String, Map<String, float[]>> numbers() {
    Map<String, Map<String, float[]>> all = new TreeMap<>();
    parts.forEach((name, part) -> all.put(name, part.numbers()));
    return all;
  }

  void requireFits(Map<String, Map<String, float[]>> saved) {
    if (!saved.keySet().equals(parts.keySet())) {
      throw new InvalidInputException(
          "carried numbers",
          "those of " + parts.keySet(),
          saved.keySet().toString(),
          "build the session as it was when they were saved");
    }
  }

  void restore(Map<String, Map<String, float[]>> saved) {
    parts.forEach((name, part) -> part.restore(saved.get(name)));
  }
}
