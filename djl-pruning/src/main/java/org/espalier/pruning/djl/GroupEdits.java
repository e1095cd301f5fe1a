package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.regularizer.Penalized;
import org.espalier.pruning.core.regularizer.Regularizer;
import org.espalier.pruning.core.update.Plain;
import org.espalier.pruning.core.update.StepContext;
import org.espalier.pruning.core.update.StepTensor;

/**
 * What one group does to the optimizer's steps. Before the update, to the gradients of all its
 * tensors: the update rule edits those of the data loss, then regularizers add theirs. After the
 * update, to the weights of each tensor: the steps of regularizers, then the update rule.
 */
final class GroupEdits {

  private final PruningGroup group;
  private final List<EditedTensor> tensors;
  private final long seed;
  private final Map<String, float[]> initialValues;
  private final boolean editsGradients;
  private final boolean editsWeights;

  /**
   * @param seed of the recipe
   * @param initialValues by path, of the parameters whose rule asks for them
   */
  GroupEdits(
      PruningGroup group,
      List<EditedTensor> tensors,
      long seed,
      Map<String, float[]> initialValues) {
    this.group = group;
    this.tensors = tensors;
    this.seed = seed;
    this.initialValues = initialValues;
    List<Regularizer> penalties = group.regularizers();
    this.editsGradients =
        group.update().editsGradients() || penalties.stream().anyMatch(r -> !r.stepsAfterUpdate());
    this.editsWeights =
        group.update().editsWeights() || penalties.stream().anyMatch(Regularizer::stepsAfterUpdate);
  }

  /** Returns whether a group does anything to the steps. */
  static boolean neededBy(PruningGroup group) {
    return group.update() != Plain.INSTANCE || !group.regularizers().isEmpty();
  }

  boolean editsGradients() {
    return editsGradients;
  }

  boolean editsWeights() {
    return editsWeights;
  }

  List<EditedTensor> tensors() {
    return tensors;
  }

  /** Gradients of a step are complete: computes what the optimizer is to be given instead. */
  void computeGradients(PruningState state) {
    List<EditedTensor> trained = tensors.stream().filter(EditedTensor::trained).toList();
    if (!editsGradients || trained.isEmpty()) {
      return;
    }
    for (EditedTensor tensor : trained) {
      tensor.readWeights();
      tensor.readGradient();
    }
    if (group.update().editsGradients()) {
      List<StepTensor> step = new ArrayList<>();
      trained.forEach(t -> step.add(t.stepTensor(state, true, initial(t))));
      group.update().editGradients(step, context(state));
    }
    List<Penalized> penalized = trained.stream().map(t -> t.penalized(state)).toList();
    List<float[]> gradients = trained.stream().map(t -> t.gradient().values()).toList();
    group.regularizers().forEach(penalty -> penalty.addGradients(penalized, gradients));
  }

  /** Edits one array of a parameter that the optimizer has just updated. */
  void editWeights(EditedTensor tensor, NDArray weight, PruningState state) {
    if (!editsWeights || !tensor.trained()) {
      return;
    }
    tensor.weights().read(weight);
    Penalized penalized = tensor.penalized(state);
    for (Regularizer penalty : group.regularizers()) {
      if (penalty.stepsAfterUpdate()) {
        penalty.step(penalized, tensor.learningRate());
      }
    }
    if (group.update().editsWeights()) {
      group.update().editWeights(tensor.stepTensor(state, false, initial(tensor)), context(state));
    }
    tensor.weights().write(weight);
  }

  /** Returns the sum of the group's penalties on the weights as they are now. */
  double penalty(PruningState state) {
    if (group.regularizers().isEmpty()) {
      return 0;
    }
    tensors.forEach(EditedTensor::readWeights);
    List<Penalized> penalized = tensors.stream().map(t -> t.penalized(state)).toList();
    return group.regularizers().stream().mapToDouble(r -> r.value(penalized)).sum();
  }

  private float[] initial(EditedTensor tensor) {
    return initialValues.get(tensor.info().name());
  }

  private StepContext context(PruningState state) {
    return new StepContext(state.time(), seed);
  }
}
