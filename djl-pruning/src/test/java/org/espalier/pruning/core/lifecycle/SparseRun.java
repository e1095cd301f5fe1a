package org.espalier.pruning.core.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;

/**
 * A sparse training without a network: weights and gradients that a test gives, or that are drawn
 * from few values so that many tie.
 */
final class SparseRun {

  private final Binding binding;
  private final List<TensorInfo> tensors;
  private final SplittableRandom random = new SplittableRandom(7);
  final Map<String, float[]> weights = new TreeMap<>();
  final Map<String, float[]> gradients = new TreeMap<>();
  final Map<String, float[]> initial = new TreeMap<>();
  final Map<String, double[]> tracks = new TreeMap<>();
  PruningState state = PruningState.EMPTY;

  SparseRun(String recipe, TensorInfo... tensors) {
    this.tensors = List.of(tensors);
    binding = Binding.of(Recipe.parse(recipe), this.tensors);
    for (TensorInfo tensor : tensors) {
      initial.put(tensor.name(), draw(tensor.elements()));
    }
  }

  static TensorInfo tensor(String name, int... shape) {
    return new TensorInfo(name, shape, true);
  }

  /** Quarters from -1.5 to 1.5. */
  float[] draw(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(-6, 7) / 4f;
    }
    return numbers;
  }

  /** Draws weights, masked, and gradients. */
  void draw() {
    for (TensorInfo tensor : tensors) {
      float[] values = draw(tensor.elements());
      state.mask(tensor).applyTo(values);
      weights.put(tensor.name(), values);
      gradients.put(tensor.name(), draw(tensor.elements()));
    }
  }

  /** Takes the decision of this step, if there is one, from weights and gradients as they are. */
  void decide() {
    for (Criterion criterion : binding.recipe().groups().get(0).criteria()) {
      if (criterion instanceof TrackingCriterion tracking) {
        for (TensorInfo tensor : tensors) {
          double[] soFar =
              tracks.computeIfAbsent(tensor.name(), n -> new double[tensor.elements()]);
          WeightTensor seen = read(tensor).with(Statistic.GRADIENT, gradients.get(tensor.name()));
          tracks.put(tensor.name(), tracking.track(soFar, seen, 0.1));
        }
      }
    }
    state = Pruner.next(binding, state, (tensor, masks) -> read(tensor));
  }

  private WeightTensor read(TensorInfo tensor) {
    WeightTensor read =
        WeightTensor.of(tensor.name(), tensor.shape(), weights.get(tensor.name()))
            .with(Statistic.GRADIENT, gradients.get(tensor.name()))
            .with(Statistic.INITIAL_VALUE, initial.get(tensor.name()));
    double[] track = tracks.get(tensor.name());
    return track == null ? read : read.withTrack("gradient-average", track);
  }

  void at(long step) {
    state = state.at(new TrainingTime(step, 0, false));
  }

  byte[] mask(String name) {
    return state.masks().get(name).toBytes();
  }
}
