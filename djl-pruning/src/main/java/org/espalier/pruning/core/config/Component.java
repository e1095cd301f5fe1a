package org.espalier.pruning.core.config;

import java.util.Map;

/**
 * One replaceable part of a recipe. Two components are the same if their type and parameters are:
 * records and enums give that for free.
 */
public interface Component {

  /** Returns the name under which recipes refer to this kind of component. */
  String type();

  /**
   * Returns what besides the type tells this component from others, in the order in which it is
   * written. Values are numbers, booleans or text.
   */
  default Map<String, Object> parameters() {
    return Map.of();
  }
}
