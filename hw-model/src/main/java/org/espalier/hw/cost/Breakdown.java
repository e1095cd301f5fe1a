package org.espalier.hw.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An amount by component: energy in pJ by unit, or bytes moved by level of memory. The total is the
 * sum of the components, by construction.
 *
 * @param parts amounts of at least 0, in the order in which they are shown
 */
public record Breakdown(Map<String, Double> parts) {

  /** Nothing is known: no component. */
  public static final Breakdown NONE = new Breakdown(Map.of());

  /** Copies the map and checks that amounts are finite and at least 0. */
  public Breakdown {
    Map<String, Double> copy = new LinkedHashMap<>(parts);
    copy.forEach(
        (component, amount) -> {
          if (!(amount >= 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException(component + " amounts to " + amount);
          }
        });
    parts = Collections.unmodifiableMap(copy);
  }

  /** Returns the sum. */
  public double total() {
    double total = 0;
    for (double amount : parts.values()) {
      total += amount;
    }
    return total;
  }

  /** Returns whether nothing is known. */
  public boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Returns this breakdown with a component added to. */
  public Breakdown plus(String component, double amount) {
    Map<String, Double> sum = new LinkedHashMap<>(parts);
    sum.merge(component, amount, Double::sum);
    return new Breakdown(sum);
  }
}
