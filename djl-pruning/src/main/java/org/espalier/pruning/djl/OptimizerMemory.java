package org.espalier.pruning.djl;

import java.util.Map;
import java.util.TreeMap;

/**
 * All that an optimizer remembers: its update counts, from which learning rate schedules and the
 * bias corrections of Adam go, and its arrays. Keyed by parameter path: DJL's ids are others in
 * every process.
 *
 * @param type class name of the optimizer
 * @param settings its numbers that do not change, by field name
 * @param updates largest number of updates of one parameter so far
 * @param counts updates so far by parameter path
 * @param arrays momentum and moments
 */
public record OptimizerMemory(
    String type,
    Map<String, String> settings,
    int updates,
    Map<String, Integer> counts,
    Map<Key, float[]> arrays) {

  /**
   * The place of an array.
   *
   * @param state name of the optimizer's field, for example {@code momentumStates}
   * @param path of the parameter
   * @param device index among the devices of the trainer
   */
  public record Key(String state, String path, int device) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int order = state.compareTo(other.state);
      order = order != 0 ? order : path.compareTo(other.path);
      return order != 0 ? order : Integer.compare(device, other.device);
    }
  }

  /** Copies the maps and sorts them. */
  public OptimizerMemory {
    settings = new TreeMap<>(settings);
    counts = new TreeMap<>(counts);
    arrays = new TreeMap<>(arrays);
  }
}
