package org.espalier.pruning.rewind;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A part of a run that is done: its files and its figures.
 *
 * @param name unique in its store
 * @param folder with the files that it left
 * @param figures by name, units in the name; sorted copy
 */
public record Stage(String name, Path folder, SortedMap<String, Double> figures) {

  /** Copies the map. */
  public Stage {
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }

  /** Returns the place of one of its files. */
  public Path file(String fileName) {
    return folder.resolve(fileName);
  }

  /**
   * Returns one of its figures.
   *
   * @throws IllegalArgumentException if there is no such figure
   */
  public double figure(String key) {
    Double figure = figures.get(key);
    if (figure == null) {
      throw new IllegalArgumentException(
          "stage '%s' has no figure '%s', but %s".formatted(name, key, figures.keySet()));
    }
    return figure;
  }
}
