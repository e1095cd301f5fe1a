package org.espalier.pruning.djl.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Map;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.forward.Noise;
import org.espalier.pruning.core.forward.StraightThrough;
import org.espalier.sparse.mask.Mask;

/** Weights under a mask that gradients pass straight through; see {@link StraightThrough}. */
final class MaskedValues implements LayerRule {

  private static final String BACKWARD = "backward";

  private final StraightThrough rule;
  private final LayerSite site;
  private final NDManager manager;
  private Mask trained;

  /** All null until masks are decided; the last three also where every weight is trained. */
  private NDArray seen;

  private NDArray moving;
  private NDArray held;
  private NDArray exploration;

  MaskedValues(StraightThrough rule, LayerSite site) {
    this.rule = rule;
    this.site = site;
    this.manager = site.manager();
  }

  @Override
  public NDArray value(NDArray stored, TrainingTime time, Noise noise) {
    if (seen == null) {
      return stored;
    }
    NDArray fixed = stored.stopGradient();
    return stored.add(fixed.mul(seen).sub(fixed));
  }

  @Override
  public NDArray settled(NDArray stored) {
    return seen == null ? stored : stored.mul(seen);
  }

  @Override
  public void addPenalty(
      NDArray weights, NDArray weightGradient, NDArray trainedGradient, TrainingTime time) {
    if (exploration != null) {
      weightGradient.addi(weights.mul(exploration).mul(rule.penalty()));
    }
    if (moving != null) {
      weightGradient.muli(moving);
    }
  }

  @Override
  public double penalty(NDArray weights, TrainingTime time) {
    return exploration == null
        ? 0
        : rule.penalty() / 2 * weights.square().mul(exploration).sum().getFloat();
  }

  @Override
  public boolean takesMasks() {
    return true;
  }

  @Override
  public void decided(NDArray weights, Mask forward, Mask backward) {
    free();
    trained = backward;
    seen = keep(forward.toFloats());
    if (rule.penalty() > 0) {
      exploration = keep(StraightThrough.exploration(forward, backward));
    }
    if (backward.keptCount() < backward.elements()) {
      moving = keep(backward.toFloats());
      NDArray still = weights.mul(moving.neg().add(1));
      NDScope.unregister(still);
      still.attach(manager);
      held = still;
    }
  }

  private NDArray keep(float[] values) {
    NDArray array = Arrays.copy(manager, values, site.shape());
    NDScope.unregister(array);
    return array;
  }

  private void free() {
    for (NDArray array : new NDArray[] {seen, moving, held, exploration}) {
      if (array != null) {
        array.close();
      }
    }
    seen = null;
    moving = null;
    held = null;
    exploration = null;
  }

  @Override
  public void hold(NDArray weights) {
    if (moving != null) {
      weights.muli(moving).addi(held);
    }
  }

  @Override
  public Mask startingSet(Mask forward) {
    if (trained != null) {
      return trained;
    }
    return rule.backward() == 0 ? Mask.dense(forward.shape()) : forward;
  }

  @Override
  public Map<String, float[]> memory() {
    return trained == null ? Map.of() : Map.of(BACKWARD, trained.toFloats());
  }

  @Override
  public void restore(Map<String, float[]> memory) {
    if (memory.containsKey(BACKWARD)) {
      trained = Mask.ofNonZeros(memory.get(BACKWARD), site.info().shape());
    }
  }
}
