package org.espalier.examples.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;
import org.espalier.sparse.mask.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where each statistic comes from, and what is said where it is missing. */
class FileWeightsTest {

  private static final int[] SHAPE = {2, 3};

  @TempDir private Path folder;

  private final Tensor weight = Tensor.ofFloats("w", SHAPE, 1, 2, 3, 4, 5, 6);

  @Test
  void gradientsHaveTheirOwnFile() {
    Path gradients = file("g.npz", Tensor.ofFloats("w", SHAPE, 0, -1, 2, -3, 4, -5));
    Path statistics = file("t.npz", Tensor.ofFloats("w.gradient", SHAPE, 9, 9, 9, 9, 9, 9));
    try (MaskInputs inputs = inputs(gradients, statistics)) {
      WeightTensor read = read(inputs, needing(Statistic.GRADIENT, Statistic.GRADIENT_ABS));
      assertArrayEquals(weight.floats(), read.values());
      assertEquals(7, read.seed());
      assertArrayEquals(new float[] {0, -1, 2, -3, 4, -5}, read.gradients());
      assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, read.statistic(Statistic.GRADIENT_ABS));
    }
    try (MaskInputs inputs = inputs(null, statistics)) {
      assertArrayEquals(
          new float[] {9, 9, 9, 9, 9, 9}, read(inputs, needing(Statistic.GRADIENT)).gradients());
    }
  }

  @Test
  void statisticsStandUnderTheirKey() {
    Path statistics =
        file(
            "t.safetensors",
            Tensor.ofFloats("w.input_norm", new int[] {3}, 1, 2, 3),
            Tensor.ofFloats("w.zero_fraction", new int[] {2}, 4, 5),
            Tensor.ofFloats("w.hessian_diagonal", SHAPE, 1, 1, 2, 3, 5, 8),
            Tensor.ofFloats("w.gradient_samples", new int[] {2, 2, 3}, new float[12]));
    try (MaskInputs inputs = inputs(null, statistics)) {
      WeightTensor read =
          read(
              inputs,
              needing(
                  Statistic.INPUT_NORM,
                  Statistic.ZERO_FRACTION,
                  Statistic.HESSIAN_DIAGONAL_EXACT,
                  Statistic.GRADIENT_SAMPLES));
      assertArrayEquals(new float[] {1, 2, 3}, read.statistic(Statistic.INPUT_NORM));
      assertArrayEquals(new float[] {4, 5}, read.statistic(Statistic.ZERO_FRACTION));
      assertEquals(8, read.statistic(Statistic.HESSIAN_DIAGONAL_EXACT)[5]);
      assertEquals(12, read.statistic(Statistic.GRADIENT_SAMPLES).length);
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    Path other = file("g.npz", Tensor.ofFloats("v", SHAPE, 0, 0, 0, 0, 0, 0));
    assertRefused(
        "--gradients: expected gradients of 'w' for the criterion 'needs', found none;"
            + " give a file with a tensor of this name, of shape [2, 3]",
        null,
        null,
        Statistic.GRADIENT);
    assertRefused(
        "--gradients %s: expected a tensor 'w', found none; add it, or exclude the weight"
            .formatted(other),
        other,
        null,
        Statistic.GRADIENT);
    assertRefused(
        "--statistics: expected a tensor 'w.input_norm' for the criterion 'needs', found none;"
            + " give a file that holds it",
        null,
        other,
        Statistic.INPUT_NORM);
  }

  @Test
  void extentsAreCompared() {
    Path statistics =
        file(
            "t.npz",
            Tensor.ofFloats("w.input_norm", new int[] {2}, 1, 2),
            Tensor.ofFloats("w.gradient_square", new int[] {3, 2}, new float[6]));
    String remedy = "write it again for these weights, or exclude the weight";
    assertRefused(
        "%s, tensor 'w.input_norm': expected the shape [3], axis 1 of its weight, found [2]; %s"
            .formatted(statistics, remedy),
        null,
        statistics,
        Statistic.INPUT_NORM);
    assertRefused(
        "%s, tensor 'w.gradient_square': expected the shape [2, 3] of its weight, found [3, 2]; %s"
            .formatted(statistics, remedy),
        null,
        statistics,
        Statistic.GRADIENT_SQUARE);
  }

  @Test
  void numbersThatAreNoneAreRefusedWithTheirFile() {
    Path statistics =
        file("t.npz", Tensor.ofFloats("w.input_norm", new int[] {3}, 1, Float.NaN, 3));
    try (MaskInputs inputs = inputs(null, statistics)) {
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class, () -> read(inputs, needing(Statistic.INPUT_NORM)));
      assertEquals(statistics + ", tensor 'w.input_norm', index 1", e.place());
    }
  }

  @Test
  void tracksComeFromTheFileOrFromOneStep() {
    Path gradients = file("g.npz", Tensor.ofFloats("w", SHAPE, 1, 1, 1, -1, -1, -1));
    Path statistics = file("t.npz", Tensor.ofFloats("w.track", SHAPE, 6, 5, 4, 3, 2, 1));
    try (MaskInputs inputs = inputs(gradients, statistics)) {
      assertArrayEquals(new double[] {6, 5, 4, 3, 2, 1}, read(inputs, new Movement()).track());
    }
    try (MaskInputs inputs = inputs(gradients, null)) {
      // one step from zero at learning rate 1: -g w
      assertArrayEquals(new double[] {-1, -2, -3, 4, 5, 6}, read(inputs, new Movement()).track());
    }
    try (MaskInputs inputs = inputs(null, null)) {
      FileWeights weights = new FileWeights(inputs, new Movement(), 7);
      List<TensorHeader> tensors = inputs.weights().headers();
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> weights.require(tensors));
      assertEquals("--gradients", e.place());
    }
  }

  @Test
  void normsOfNeighbors() {
    // a: 2 x 1, w: 2 x 2, b: 1 x 2 are a chain; the bias does not count.
    Path file =
        file(
            "chain.npz",
            Tensor.ofFloats("a", new int[] {2, 1}, 3, -4),
            Tensor.ofFloats("bias", new int[] {5}, 1, 1, 1, 1, 1),
            Tensor.ofFloats("w", new int[] {2, 2}, 1, 2, 3, 4),
            Tensor.ofFloats("b", new int[] {2, 2, 1, 2}, 3, 4, 0, 0, 0, 0, 6, 8));
    try (MaskInputs inputs = MaskInputs.open(options(file, null, null))) {
      FileWeights weights =
          new FileWeights(inputs, needing(Statistic.PREVIOUS_NORM, Statistic.NEXT_NORM), 7);
      WeightTensor w = weights.read(new TensorInfo("w", new int[] {2, 2}, true), Map.of());
      assertArrayEquals(new float[] {3, 4}, w.statistic(Statistic.PREVIOUS_NORM));
      // axis 1 of b: (3, 4, 0, 0) and (0, 0, 6, 8)
      assertArrayEquals(new float[] {5, 10}, w.statistic(Statistic.NEXT_NORM));
      WeightTensor a = weights.read(new TensorInfo("a", new int[] {2, 1}, true), Map.of());
      assertArrayEquals(new float[] {1}, a.statistic(Statistic.PREVIOUS_NORM));
    }
  }

  @Test
  void layersThatDoNotFollowEachOther() {
    Path file =
        file(
            "loose.npz",
            Tensor.ofFloats("w", new int[] {2, 2}, 1, 2, 3, 4),
            Tensor.ofFloats("b", new int[] {2, 3}, 1, 2, 3, 4, 5, 6));
    try (MaskInputs inputs = MaskInputs.open(options(file, null, null))) {
      FileWeights weights = new FileWeights(inputs, needing(Statistic.NEXT_NORM), 7);
      TensorInfo w = new TensorInfo("w", new int[] {2, 2}, true);
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> weights.read(w, Map.of()));
      assertEquals(
          "--statistics: expected a tensor 'w.next_norm', or layers that follow each other, found"
              + " 'b' float32[2, 3] beside 'w' float32[2, 2]; give a file that holds it",
          e.getMessage());
    }
  }

  private void assertRefused(String message, Path gradients, Path statistics, Statistic statistic) {
    try (MaskInputs inputs = inputs(gradients, statistics)) {
      FileWeights weights = new FileWeights(inputs, needing(statistic), 7);
      List<TensorHeader> tensors = inputs.weights().headers();
      assertEquals(
          message,
          assertThrows(InvalidInputException.class, () -> weights.require(tensors)).getMessage());
    }
  }

  private WeightTensor read(MaskInputs inputs, Criterion criterion) {
    FileWeights weights = new FileWeights(inputs, criterion, 7);
    weights.require(inputs.weights().headers());
    return weights.read(new TensorInfo("w", SHAPE, true), Map.of());
  }

  private MaskInputs inputs(Path gradients, Path statistics) {
    return MaskInputs.open(options(file("w.npz", weight), gradients, statistics));
  }

  private MaskOptions options(Path weights, Path gradients, Path statistics) {
    return new MaskOptions(
        weights,
        folder.resolve("out.npz"),
        Optional.ofNullable(gradients),
        Optional.ofNullable(statistics),
        Optional.empty(),
        "unstructured",
        "sum",
        "magnitude",
        "uniform",
        Optional.of(0.5),
        List.of(),
        List.of(),
        7);
  }

  private Path file(String name, Tensor... tensors) {
    Path file = folder.resolve(name);
    var next = List.of(tensors).iterator();
    TensorFiles.write(
        file, List.of(tensors).stream().map(TensorHeader::of).toList(), header -> next.next());
    return file;
  }

  private static Criterion needing(Statistic... statistics) {
    return new Criterion() {
      @Override
      public String type() {
        return "needs";
      }

      @Override
      public Set<Statistic> needs() {
        return Set.of(statistics);
      }

      @Override
      public Scores score(WeightTensor tensor) {
        throw new UnsupportedOperationException("only read here");
      }
    };
  }

  /** Sums -rate g w, as movement pruning does. */
  private record Movement() implements TrackingCriterion {

    @Override
    public String type() {
      return "moves";
    }

    @Override
    public Scores score(WeightTensor tensor) {
      return Scores.of(tensor.track());
    }

    @Override
    public double[] track(double[] soFar, WeightTensor tensor, double learningRate) {
      for (int i = 0; i < soFar.length; i++) {
        soFar[i] -= learningRate * tensor.gradients()[i] * tensor.values()[i];
      }
      return soFar;
    }
  }
}
