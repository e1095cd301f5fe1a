package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.Trainer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.Pruner;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.RegistrySamples;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightSource;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.allocation.Allocation;
import org.espalier.pruning.core.allocation.Allocations;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.pruning.core.schedule.OneShot;
import org.espalier.pruning.core.schedule.Timing;
import org.espalier.pruning.djl.TinyTraining.OptimizerKind;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;
import org.espalier.sparse.pattern.PatternForm;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pattern x criterion x allocation that the registries allow, on a small network: what a
 * criterion needs is measured in a training, then each pattern and allocation decides by it. What
 * is registered later is covered without a change here.
 */
class VocabularyTest {

  /** Both convolutions: 8x4x3x3 = 288 and 8x8x3x3 = 576 weights. */
  private static final long WEIGHTS = 864;

  /** Batch, channels, height, width. */
  private static final Shape SHAPE = new Shape(6, 4, 6, 6);

  static Stream<Entry<Criterion>> criteria() {
    return Criteria.REGISTRY.entries().stream();
  }

  @ParameterizedTest
  @MethodSource("criteria")
  void everyCombinationMeetsItsCount(Entry<Criterion> entry) {
    Map<String, WeightTensor> weights = new TreeMap<>();
    List<TensorInfo> tensors = measure(RegistrySamples.of(entry), weights);
    int combinations = 0;
    for (SparsityPattern pattern : patterns(tensors)) {
      double target = pattern.fixedSparsity(tensors.get(0).shape()).orElse(0.5);
      for (Entry<Allocation> allocation : Allocations.REGISTRY.entries()) {
        Allocation sample = RegistrySamples.of(allocation);
        if (pattern.fixedSparsity(tensors.get(0).shape()).isPresent()
            && sample.prescribesDensities()) {
          continue;
        }
        PruningGroup group =
            PruningGroup.builder(new OneShot(target, Timing.Unit.STEP, 0))
                .optPattern(pattern)
                .optCriterion(RegistrySamples.of(entry))
                .optAllocation(sample)
                .build();
        String place = pattern.text() + " x " + entry.name() + " x " + allocation.name();
        Binding binding = Binding.of(Recipe.of(group), tensors);
        WeightSource source = (tensor, masks) -> weights.get(tensor.name());
        if (allocation.name().equals("lamp") && isSigned(group, weights)) {
          assertThrows(
              InvalidInputException.class,
              () -> Pruner.next(binding, PruningState.EMPTY, source),
              place);
          continue;
        }
        PruningState state = Pruner.next(binding, PruningState.EMPTY, source);
        check(place, group, tensors, state, weights);
        combinations++;
      }
    }
    assertTrue(combinations > 80, combinations + " combinations");
  }

  /** LAMP squares scores: units that score below 0 are refused. */
  private static boolean isSigned(PruningGroup group, Map<String, WeightTensor> weights) {
    return weights.values().stream()
        .map(
            tensor ->
                group
                    .pattern()
                    .unitScores(group.criterion().score(tensor), tensor.shape(), group.aggregate()))
        .flatMapToDouble(scores -> Arrays.stream(scores.toDoubles()))
        .anyMatch(score -> score < 0);
  }

  /** The patterns of all forms, with numbers that divide both convolutions. */
  private static List<SparsityPattern> patterns(List<TensorInfo> tensors) {
    return SparsityPattern.forms().stream()
        .map(PatternForm::example)
        // Rows of 36 and 72 weights: 8 banks do not divide the first.
        .map(
            example -> SparsityPattern.parse(example.equals("balanced:8") ? "balanced:4" : example))
        .peek(pattern -> tensors.forEach(t -> pattern.requireFits(t.name(), t.shape())))
        .toList();
  }

  private static void check(
      String place,
      PruningGroup group,
      List<TensorInfo> tensors,
      PruningState state,
      Map<String, WeightTensor> weights) {
    SparsityPattern pattern = group.pattern();
    String allocation = group.allocation().type();
    double density = 1 - group.schedule().target();
    for (TensorInfo tensor : tensors) {
      Mask mask = state.masks().get(tensor.name());
      long n = tensor.elements();
      if (allocation.equals("threshold")) {
        // 0.5 is the value that samples have.
        if (pattern.text().equals("unstructured")) {
          Scores scores = group.criterion().score(weights.get(tensor.name()));
          long above =
              Stream.iterate(0, i -> i + 1).limit(n).filter(i -> scores.at(i) > 0.5).count();
          // The schedule's sparsity, 0.5, is the limit.
          assertEquals(Math.max(above, n / 2), mask.keptCount(), place);
        }
      } else if (pattern.text().startsWith("balanced:")) {
        // 4 banks in 8 rows: of 9 weights 5 live (4.5 rounds up), of 18 just 9
        if (allocation.equals("uniform")) {
          assertEquals(n == 288 ? 5 * 4 * 8 : 9 * 4 * 8, mask.keptCount(), place);
        }
        assertTrue(pattern.satisfiedBy(mask), place);
      } else {
        if (allocation.equals("uniform") || pattern.fixedSparsity(tensor.shape()).isPresent()) {
          assertEquals(Math.round(density * n), mask.keptCount(), place);
        }
        assertTrue(pattern.satisfiedBy(mask), place);
      }
    }
    if (!allocation.equals("threshold") && !pattern.text().startsWith("balanced:")) {
      // At most half a unit per tensor is lost or won by rounding.
      int largestUnit =
          tensors.stream()
              .mapToInt(t -> t.elements() / pattern.units(t.shape()))
              .max()
              .orElseThrow();
      boolean exact = allocation.equals("uniform") || largestUnit == 1;
      double slack = exact ? 1 : largestUnit * tensors.size() / 2.0;
      boolean ranked = allocation.equals("global") || allocation.equals("lamp");
      if (!ranked || largestUnit == 1) {
        assertEquals(density * WEIGHTS, state.keptCount(), slack, place);
      } else {
        assertEquals(units(pattern, tensors) / 2, keptUnits(pattern, tensors, state), place);
      }
    }
  }

  private static long units(SparsityPattern pattern, List<TensorInfo> tensors) {
    return tensors.stream().mapToLong(t -> pattern.units(t.shape())).sum();
  }

  private static long keptUnits(
      SparsityPattern pattern, List<TensorInfo> tensors, PruningState state) {
    return tensors.stream()
        .mapToLong(
            t -> {
              Mask mask = state.masks().get(t.name());
              return (long) mask.keptCount() * pattern.units(t.shape()) / t.elements();
            })
        .sum();
  }

  /** Trains two steps; the decision before the second shows what the criterion is given. */
  private static List<TensorInfo> measure(Criterion criterion, Map<String, WeightTensor> weights) {
    Recipe recipe =
        Recipe.of(
            PruningGroup.builder(new OneShot(0, Timing.Unit.STEP, 1))
                .optInclude("*Conv2d_weight")
                .optCriterion(Recorder.of(criterion, weights))
                .build());
    PruningListener listener = new PruningListener(recipe);
    Engine.getInstance().setRandomSeed(5);
    try (Model model = Model.newInstance("vocabulary")) {
      model.setBlock(
          new SequentialBlock()
              .add(Conv2d.builder().setFilters(8).setKernelShape(new Shape(3, 3)).build())
              .add(BatchNorm.builder().build())
              .add(Activation.reluBlock())
              .add(Conv2d.builder().setFilters(8).setKernelShape(new Shape(3, 3)).build())
              .add(BatchNorm.builder().build())
              .add(Activation.reluBlock())
              .add(Blocks.batchFlattenBlock())
              .add(Linear.builder().setUnits(TinyTraining.CLASSES).build()));
      try (Trainer trainer =
          model.newTrainer(TinyTraining.config(OptimizerKind.SGD).addTrainingListeners(listener))) {
        trainer.initialize(SHAPE);
        for (int step = 0; step < 2; step++) {
          TinyTraining.step(trainer, step, SHAPE);
        }
        Map<String, TensorInfo> infos = new LinkedHashMap<>();
        new NetworkParameters(model.getBlock())
            .infos()
            .forEach(info -> infos.put(info.name(), info));
        infos.keySet().retainAll(weights.keySet());
        return List.copyOf(infos.values());
      }
    }
  }

  /** A criterion that notes what it is given. */
  private static class Recorder implements Criterion {

    final Criterion inner;
    private final Map<String, WeightTensor> seen;

    Recorder(Criterion inner, Map<String, WeightTensor> seen) {
      this.inner = inner;
      this.seen = seen;
    }

    static Recorder of(Criterion inner, Map<String, WeightTensor> seen) {
      return inner instanceof TrackingCriterion
          ? new TrackingRecorder(inner, seen)
          : new Recorder(inner, seen);
    }

    @Override
    public String type() {
      return inner.type();
    }

    @Override
    public Set<Statistic> needs() {
      return inner.needs();
    }

    @Override
    public Scores score(WeightTensor tensor) {
      seen.put(tensor.name(), tensor);
      return inner.score(tensor);
    }
  }

  private static final class TrackingRecorder extends Recorder implements TrackingCriterion {

    TrackingRecorder(Criterion inner, Map<String, WeightTensor> seen) {
      super(inner, seen);
    }

    @Override
    public double[] track(double[] soFar, WeightTensor tensor, double learningRate) {
      return ((TrackingCriterion) inner).track(soFar, tensor, learningRate);
    }
  }
}
