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
 * @param visited by parameter path: the weights that have lived in any training step so far
 * @param notes numbers that lifecycles remember from one decision to the next, by group and key
 */
public record PruningState(
    TrainingTime time,
    Map<String, Mask> masks,
    Validation validation,
    Map<String, Mask> visited,
    Map<String, Double> notes) {

  /** The state before any training. */
  public static final PruningState EMPTY = new PruningState(TrainingTime.START, Map.of());

  /** Copies and sorts the maps. */
  public PruningState {
    // A state is made after every step: maps that are ours already are not copied again.
    masks = masks instanceof Sorted sorted ? sorted : new Sorted(masks);
    visited = visited instanceof Sorted sorted ? sorted : new Sorted(visited);
    notes = notes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(notes));
  }

  /** A state in which nothing but these masks has ever lived. */
  public PruningState(TrainingTime time, Map<String, Mask> masks, Validation validation) {
    this(time, masks, validation, masks, Map.of());
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
    return new PruningState(time, masks, validation, visited, notes);
  }

  /** Returns this state with one more validation loss. */
  public PruningState validated(double loss) {
    return new PruningState(time, masks, validation.with(loss), visited, notes);
  }

  /** Returns this state with masks added or replaced. */
  public PruningState with(Map<String, Mask> changed) {
    Map<String, Mask> all = new TreeMap<>(masks);
    all.putAll(changed);
    Map<String, Mask> lived = new TreeMap<>(visited);
    changed.forEach((path, mask) -> lived.put(path, mask.or(before(path, mask))));
    return new PruningState(time, all, validation, lived, notes);
  }

  /**
   * What has lived of a parameter; before the first step nothing has, later all that no mask had.
   */
  private Mask before(String path, Mask mask) {
    Mask lived = visited.get(path);
    if (lived != null) {
      return lived;
    }
    return time.step() == 0 ? mask : Mask.dense(mask.shape());
  }

  /** Returns this state with notes added or replaced. */
  public PruningState remembering(Map<String, Double> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, Double> all = new TreeMap<>(notes);
    all.putAll(more);
    return new PruningState(time, masks, validation, visited, all);
  }

  /**
   * Returns the fraction of weights under all masks that have lived in any step so far: the
   * exploration rate R_s of in-time over-parameterization; 0 if there is no mask.
   *
   * <p>Source: S. Liu et al., "Do We Actually Need Dense Over-Parameterization? In-Time
   * Over-Parameterization in Sparse Training", ICML 2021, section 3.
   */
  public double explored() {
    long lived = visited.values().stream().mapToLong(Mask::keptCount).sum();
    long all = visited.values().stream().mapToLong(Mask::elements).sum();
    return all == 0 ? 0 : (double) lived / all;
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
