package org.espalier.tribuo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.math.Parameters;
import org.tribuo.math.la.Tensor;

/** The masks of one training: decides them when they are due and zeroes what they prune. */
final class TrainingMasks {

  private final Parameters parameters;
  private final Map<String, ParameterView> views;
  private final Binding binding;
  private PruningState state = PruningState.EMPTY;

  /**
   * Binds a recipe to the parameters of a model; reads shapes only.
   *
   * @throws InvalidInputException if the recipe does not fit them
   */
  TrainingMasks(Recipe recipe, Parameters parameters) {
    this.parameters = parameters;
    this.views =
        ParameterView.of(parameters).stream()
            .collect(Collectors.toMap(view -> view.info().name(), Function.identity()));
    this.binding = Binding.of(recipe, views.values().stream().map(ParameterView::info).toList());
  }

  /**
   * Decides the masks that are due and zeroes the weights that they prune.
   *
   * @param ascent what the trainer hands to its optimiser: minus the gradients of the loss, up to a
   *     positive factor
   */
  void decide(Tensor[] ascent) {
    if (binding.recipe().updatesAt(state.time())) {
      requireTrainedWeights();
      state = Pruner.next(binding, state, (tensor, masks) -> read(tensor, ascent));
      // Not the array seen at the start: Pegasos and AdaGradRDA put their own tensors in its place.
      zero(parameters.get());
    }
  }

  /** Zeroes the pruned entries of weights or updates. */
  void zero(Tensor[] tensors) {
    state.masks().forEach((name, mask) -> views.get(name).zero(tensors, mask));
  }

  /** Zeroes the pruned weights after something else has written to them. */
  void zeroWeights() {
    zero(parameters.get());
  }

  void stepDone() {
    state = state.at(state.time().nextStep());
  }

  /** Refuses a training that ended before a group took its last decision. */
  void requireFinished() {
    long steps = state.time().step();
    for (PruningGroup group : binding.recipe().groups()) {
      Timing timing = group.schedule().timing();
      long last = timing.end() == Timing.OPEN ? timing.begin() : timing.end();
      if (steps <= last) {
        throw new InvalidInputException(
            "schedule of group '" + group.name() + "'",
            "a training of more than " + last + " optimizer steps, when its target is reached",
            steps + " steps",
            "let the schedule end earlier or train longer; an epoch has examples / minibatch size"
                + " steps");
      }
    }
  }

  private WeightTensor read(TensorInfo tensor, Tensor[] ascent) {
    ParameterView view = views.get(tensor.name());
    WeightTensor weights =
        WeightTensor.of(tensor.name(), tensor.shape(), toFloats(view.read(parameters.get()), 1));
    return needsGradients()
        ? weights.with(Statistic.GRADIENT, toFloats(view.read(ascent), -1))
        : weights;
  }

  private boolean needsGradients() {
    return binding.recipe().groups().stream()
        .anyMatch(group -> group.needs().contains(Statistic.GRADIENT));
  }

  private static float[] toFloats(double[] values, int sign) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) (sign * values[i]);
    }
    return floats;
  }

  /** Linear weights start at zero, where every choice is arbitrary: no mask may come of that. */
  private void requireTrainedWeights() {
    for (int g = 0; g < binding.members().size(); g++) {
      PruningGroup group = binding.recipe().groups().get(g);
      if (group.schedule().updatesAt(state.time())
          && group.schedule().sparsityAt(state.time()) > 0) {
        requireTrainedWeights(group, binding.members().get(g));
      }
    }
  }

  private void requireTrainedWeights(PruningGroup group, List<TensorInfo> tensors) {
    for (TensorInfo tensor : tensors) {
      // A tensor with a mask may rightly be all zero: 0.9 of 4 weights keeps none.
      if (!state.masks().containsKey(tensor.name()) && isZero(tensor)) {
        throw new InvalidInputException(
            tensor.name(),
            "weights that training has moved to decide a mask",
            "only zeros after " + state.time().step() + " optimizer steps",
            "Tribuo's linear weights start at zero: let the schedule of group '"
                + group.name()
                + "' begin later, for example after an epoch");
      }
    }
  }

  private boolean isZero(TensorInfo tensor) {
    return Arrays.stream(views.get(tensor.name()).read(parameters.get())).allMatch(w -> w == 0);
  }
}
