package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.update.Plain;

/**
 * What regularizers and update rules of a session do to the optimizer's steps. Groups that have
 * neither cost nothing.
 *
 * <p>Edited gradients are kept on the host and written into the very array that the optimizer is
 * handed: the gradients of the network stay those of the data loss for all who look at them in the
 * step. They are edited once per optimizer step, however many backward passes went before. The
 * optimizer's own rescaling and clipping act on the edited gradient.
 */
final class StepEdits {

  private record Member(GroupEdits group, EditedTensor tensor) {}

  private final List<GroupEdits> groups = new ArrayList<>();
  private final Map<String, Member> members = new HashMap<>();
  private final Mirrors mirrors;
  private final Optional<LearningRate> learningRate;
  private OptionalDouble penalty = OptionalDouble.empty();

  /**
   * @param optimizer of the training, if known
   * @param initialValues by path, of the parameters whose rule asks for them
   */
  StepEdits(
      Binding binding,
      Mirrors mirrors,
      Optional<Optimizer> optimizer,
      Map<String, float[]> initialValues) {
    this.mirrors = mirrors;
    for (int g = 0; g < binding.members().size(); g++) {
      PruningGroup group = binding.recipe().groups().get(g);
      if (GroupEdits.neededBy(group)) {
        List<EditedTensor> tensors = new ArrayList<>();
        for (TensorInfo info : binding.members().get(g)) {
          tensors.add(new EditedTensor(info, group, mirrors.arrays(info.name())));
        }
        GroupEdits edits = new GroupEdits(group, tensors, binding.recipe().seed(), initialValues);
        groups.add(edits);
        tensors.forEach(tensor -> members.put(tensor.info().name(), new Member(edits, tensor)));
      }
    }
    learningRate =
        binding.recipe().groups().stream().anyMatch(StepEdits::needsRate)
            ? Optional.of(new LearningRate(optimizer.orElse(null)))
            : Optional.empty();
  }

  private static boolean needsRate(PruningGroup group) {
    return group.update() != Plain.INSTANCE
        || group.regularizers().stream().anyMatch(penalty -> penalty.stepsAfterUpdate());
  }

  /** Gradients of a step are complete and masks are decided: computes the edited gradients. */
  void prepare(PruningState state) {
    for (GroupEdits group : groups) {
      for (EditedTensor tensor : group.tensors()) {
        String path = tensor.info().name();
        boolean trained = mirrors.arrays(path).get(0).hasGradient();
        tensor.begin(
            trained,
            learningRate.isPresent() ? learningRate.get().next(mirrors.id(path)) : Double.NaN);
      }
      group.computeGradients(state);
    }
  }

  /** Returns whether a parameter's gradient was edited in this step. */
  boolean editsGradient(String path) {
    Member member = members.get(path);
    return member != null && member.group().editsGradients() && member.tensor().trained();
  }

  /** Writes a parameter's edited gradient into the array that the optimizer is handed. */
  void writeGradient(String path, NDArray gradient) {
    members.get(path).tensor().gradient().write(gradient);
  }

  /** Edits one array of a parameter that the optimizer has just updated. */
  void editWeights(String path, NDArray weight, PruningState state) {
    Member member = members.get(path);
    if (member != null) {
      member.group().editWeights(member.tensor(), weight, state);
    }
  }

  /** Weights have changed. */
  void stepEnds() {
    penalty = OptionalDouble.empty();
  }

  /** Returns the sum of all penalties on the weights as they are now; computed once per step. */
  double penalty(PruningState state) {
    if (penalty.isEmpty()) {
      penalty = OptionalDouble.of(groups.stream().mapToDouble(g -> g.penalty(state)).sum());
    }
    return penalty.getAsDouble();
  }
}
