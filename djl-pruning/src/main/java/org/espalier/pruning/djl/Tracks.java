package org.espalier.pruning.djl;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;

/** The numbers of the criteria that watch training, by parameter path and type of criterion. */
final class Tracks {

  private final Map<String, double[]> numbers = new TreeMap<>();

  /** Returns whether a recipe has such a criterion; without one this class costs nothing. */
  static boolean neededBy(Recipe recipe) {
    return recipe.groups().stream().anyMatch(g -> !trackers(g).isEmpty());
  }

  /** Returns the criteria of a group that watch training. */
  static List<TrackingCriterion> trackers(PruningGroup group) {
    return group.criteria().stream()
        .filter(TrackingCriterion.class::isInstance)
        .map(TrackingCriterion.class::cast)
        .toList();
  }

  private static String key(TensorInfo tensor, TrackingCriterion criterion) {
    return tensor.name() + "/" + criterion.type();
  }

  /** Brings all numbers up to date with the gradients of this step, before the optimizer's. */
  void update(Binding binding, Mirrors mirrors, LearningRate learningRate) {
    for (int g = 0; g < binding.members().size(); g++) {
      List<TrackingCriterion> trackers = trackers(binding.recipe().groups().get(g));
      if (!trackers.isEmpty()) {
        for (TensorInfo tensor : binding.members().get(g)) {
          WeightTensor weights =
              WeightTensor.of(tensor.name(), tensor.shape(), mirrors.values(tensor.name()))
                  .withSeed(binding.recipe().seed())
                  .with(Statistic.GRADIENT, mirrors.gradient(tensor.name()));
          float rate = learningRate.next(mirrors.id(tensor.name()));
          for (TrackingCriterion criterion : trackers) {
            String key = key(tensor, criterion);
            double[] soFar = numbers.computeIfAbsent(key, k -> new double[tensor.elements()]);
            numbers.put(key, criterion.track(soFar, weights, rate));
          }
        }
      }
    }
  }

  /** Returns a tensor with the numbers of its group's criteria, if they have any yet. */
  WeightTensor addTo(WeightTensor tensor, TensorInfo info, PruningGroup group) {
    WeightTensor tracked = tensor;
    for (TrackingCriterion criterion : trackers(group)) {
      double[] soFar = numbers.get(key(info, criterion));
      tracked = soFar == null ? tracked : tracked.withTrack(criterion.type(), soFar);
    }
    return tracked;
  }

  /** Goes on from other numbers. */
  void restore(Map<String, double[]> saved) {
    numbers.clear();
    saved.forEach((key, values) -> numbers.put(key, values.clone()));
  }

  /** Returns the numbers by path, a slash and the type of the criterion; not copies. */
  Map<String, double[]> numbers() {
    return Collections.unmodifiableMap(numbers);
  }
}
