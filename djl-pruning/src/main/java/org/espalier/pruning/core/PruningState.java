package org.espalier.pruning.core;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.sparse.mask.Mask;

/**
 * All that pruning adds to a checkpoint: when, and which weights live. Immutable.
 *
 * @param time steps and epochs finished
 * @param masks by parameter path, sorted; parameters that were never pruned have none
 * @param validation losses seen so far
 */
public record PruningState(TrainingTime time, Map<String, Mask> masks, Validation validation) {

  /** The state before any training. */
  public static final PruningState EMPTY = new PruningState(TrainingTime.START, Map.of());

  /** Copies and sorts the map. */
  public PruningState {
    // A state is made after every step: maps that are ours already are not copied again.
    masks = masks instanceof Sorted sorted ? sorted : new Sorted(masks);
  }

  /** A state that has seen no validation. */
  public PruningState(TrainingTime time, Map<String, Mask> masks) {
    this(time, masks, Validation.NONE);
  }

  /** A sorted copy that nobody can change. */
  private static final class Sorted extends AbstractMap<String, Mask> {

    private final Map<String, Mask> copy;

    Sorted(Map<String, Mask> masks) {
      this.copy = Collections.unmodifiableSortedMap(new TreeMap<>(masks));
    }

    @Override
    public Set<Entry<String, Mask>> entrySet() {
      return copy.entrySet();
    }

    @Override
    public Mask get(Object path) {
      return copy.get(path);
    }

    @Override
    public boolean containsKey(Object path) {
      return copy.containsKey(path);
    }
  }

  /** Returns the mask of a parameter; the dense mask if it was never pruned. */
  public Mask mask(TensorInfo tensor) {
    Mask mask = masks.get(tensor.name());
    return mask == null ? Mask.dense(tensor.shape()) : mask;
  }

  /** Returns this state at another moment. */
  public PruningState at(TrainingTime time) {
    return new PruningState(time, masks, validation);
  }

  /** Returns this state with one more validation loss. */
  public PruningState validated(double loss) {
    return new PruningState(time, masks, validation.with(loss));
  }

  /** Returns this state with masks added or replaced. */
  public PruningState with(Map<String, Mask> changed) {
    Map<String, Mask> all = new TreeMap<>(masks);
    all.putAll(changed);
    return new PruningState(time, all, validation);
  }

  /** Returns the exact number of weights that live in all masks. */
  public long keptCount() {
    return masks.values().stream().mapToLong(Mask::keptCount).sum();
  }

  /** Returns the exact number of weights under all masks. */
  public long elements() {
    return masks.values().stream().mapToLong(Mask::elements).sum();
  }

  /** Returns zeros / elements over all masks; 0 if there is none. */
  public double sparsity() {
    long elements = elements();
    return elements == 0 ? 0 : (double) (elements - keptCount()) / elements;
  }

  /** Returns zeros / elements over some parameters; those without mask are dense. */
  public double sparsity(List<TensorInfo> tensors) {
    long elements = 0;
    long kept = 0;
    for (TensorInfo tensor : tensors) {
      Mask mask = masks.get(tensor.name());
      elements += tensor.elements();
      kept += mask == null ? tensor.elements() : mask.keptCount();
    }
    return elements == 0 ? 0 : (double) (elements - kept) / elements;
  }
}
