package org.espalier.pruning.djl;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;

/** The numbers of the criteria that watch training, by parameter path. */
final class Tracks {

  private final Map<String, double[]> numbers = new TreeMap<>();

  /** Returns whether a recipe has such a criterion; without one this class costs nothing. */
  static boolean neededBy(Recipe recipe) {
    return recipe.groups().stream().anyMatch(g -> g.criterion() instanceof TrackingCriterion);
  }

  /** Brings all numbers up to date with the gradients of this step, before the optimizer's. */
  void update(Binding binding, Mirrors mirrors, LearningRate learningRate) {
    for (int g = 0; g < binding.members().size(); g++) {
      PruningGroup group = binding.recipe().groups().get(g);
      if (group.criterion() instanceof TrackingCriterion criterion) {
        for (TensorInfo tensor : binding.members().get(g)) {
          WeightTensor weights =
              WeightTensor.of(tensor.name(), tensor.shape(), mirrors.values(tensor.name()))
                  .withSeed(binding.recipe().seed())
                  .with(Statistic.GRADIENT, mirrors.gradient(tensor.name()));
          double[] soFar =
              numbers.computeIfAbsent(tensor.name(), path -> new double[tensor.elements()]);
          float rate = learningRate.next(mirrors.id(tensor.name()));
          numbers.put(tensor.name(), criterion.track(soFar, weights, rate));
        }
      }
    }
  }

  /** Returns a tensor with its numbers, if it has any yet. */
  WeightTensor addTo(WeightTensor tensor) {
    double[] soFar = numbers.get(tensor.name());
    return soFar == null ? tensor : tensor.withTrack(soFar);
  }

  /** Goes on from other numbers. */
  void restore(Map<String, double[]> saved) {
    numbers.clear();
    saved.forEach((path, values) -> numbers.put(path, values.clone()));
  }

  /** Returns the numbers by path; not copies. */
  Map<String, double[]> numbers() {
    return Collections.unmodifiableMap(numbers);
  }
}
