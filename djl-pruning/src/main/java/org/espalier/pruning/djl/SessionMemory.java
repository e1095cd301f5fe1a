package org.espalier.pruning.djl;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.espalier.pruning.core.PruningState;

/**
 * All that a session between two optimizer steps has to remember besides weights and the state of
 * the optimizer. Its numbers are copies.
 *
 * @param state masks and time
 * @param epochOpen whether an epoch has begun that is not over
 * @param steppedInEpoch whether a step was taken since the last end of an epoch
 * @param tracks numbers of the criteria that watch training, by parameter path, a slash and the
 *     type of the criterion
 * @param initialValues values from the begin that criteria need, by parameter path
 * @param carried numbers of other parts, by their name and then by the names they chose
 */
public record SessionMemory(
    PruningState state,
    boolean epochOpen,
    boolean steppedInEpoch,
    Map<String, double[]> tracks,
    Map<String, float[]> initialValues,
    Map<String, Map<String, float[]>> carried) {

  /** Copies the maps with their numbers and sorts them. */
  public SessionMemory {
    tracks = copy(tracks, double[]::clone);
    initialValues = copy(initialValues, float[]::clone);
    carried = copy(carried, numbers -> copy(numbers, float[]::clone));
  }

  private static <V> Map<String, V> copy(Map<String, V> map, UnaryOperator<V> clone) {
    Map<String, V> copy = new TreeMap<>();
    map.forEach((name, value) -> copy.put(name, clone.apply(value)));
    return copy;
  }

  /** Returns this memory with another state: with other masks, or at another moment. */
  public SessionMemory with(PruningState newState) {
    return new SessionMemory(newState, epochOpen, steppedInEpoch, tracks, initialValues, carried);
  }
}
