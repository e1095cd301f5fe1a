package org.espalier.pruning.core.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class SparseMomentumTest {

  /** |g w| = 2, 3, 0 | 4, 1, 3: half of six live, the 4 and the first of the 3s, then the other. */
  @Test
  void theLargestOfAllTensorsAreActive() {
    float[] first = {2, -3, 7};
    float[] second = {-4, 1, 3};
    List<StepTensor> tensors =
        List.of(
            StepTensors.beforeUpdate("a", new float[] {1, 1, 0}, first),
            StepTensors.beforeUpdate("b", new float[] {1, 1, 1}, second));
    new SparseMomentum(0.5).editGradients(tensors, StepTensors.at(0));
    assertArrayEquals(new float[] {0, -3, 0}, first);
    assertArrayEquals(new float[] {-4, 0, 3}, second);
    // kept = floor(6 / 3 + 0.5) = 2 of 6: of the two 3s the earlier tensor's
    first = new float[] {2, -3, 7};
    second = new float[] {-4, 1, 3};
    new SparseMomentum(2 / 3d)
        .editGradients(
            List.of(
                StepTensors.beforeUpdate("a", new float[] {1, 1, 0}, first),
                StepTensors.beforeUpdate("b", new float[] {1, 1, 1}, second)),
            StepTensors.at(0));
    assertArrayEquals(new float[] {0, -3, 0}, first);
    assertArrayEquals(new float[] {-4, 0, 0}, second);
  }

  /** Against a full sort, on 500 weights of three tensors. */
  @Test
  void asAFullSortChooses() {
    SplittableRandom random = new SplittableRandom(5);
    int[] sizes = {77, 300, 123};
    List<StepTensor> tensors = new ArrayList<>();
    List<float[]> gradients = new ArrayList<>();
    List<float[]> all = new ArrayList<>(); // score, tensor, index
    for (int t = 0; t < sizes.length; t++) {
      float[] weights = new float[sizes[t]];
      float[] gradient = new float[sizes[t]];
      for (int i = 0; i < sizes[t]; i++) {
        weights[i] = random.nextInt(-20, 21) / 8f;
        gradient[i] = random.nextInt(-20, 21) / 8f;
        all.add(new float[] {Math.abs(weights[i] * gradient[i]), t, i});
      }
      gradients.add(gradient.clone());
      tensors.add(StepTensors.beforeUpdate("t" + t, weights, gradient));
    }
    new SparseMomentum(0.9).editGradients(tensors, StepTensors.at(3));
    // The sort is stable: ties stay in the order of tensors and indices. 50 of 500 live.
    all.sort(Comparator.comparingDouble(entry -> -entry[0]));
    for (int rank = 0; rank < all.size(); rank++) {
      int t = (int) all.get(rank)[1];
      int i = (int) all.get(rank)[2];
      float expected = rank < 50 ? gradients.get(t)[i] : 0;
      assertEquals(expected, tensors.get(t).gradient()[i], "rank " + rank);
    }
  }

  @Test
  void whatIsNoNumberIsRefused() {
    List<StepTensor> tensors =
        List.of(StepTensors.beforeUpdate("a", new float[] {1, 0}, 1, Float.POSITIVE_INFINITY));
    InvalidInputException error =
        assertThrows(
            InvalidInputException.class,
            () -> new SparseMomentum(0.5).editGradients(tensors, StepTensors.at(0)));
    assertEquals("a[1]", error.place());
  }

  @Test
  void recipesNameIt() {
    assertEquals(
        new SparseMomentum(0.97), StepTensors.read("{type: sparse-momentum, sparsity: 0.97}"));
    assertThrows(
        InvalidInputException.class,
        () -> StepTensors.read("{type: sparse-momentum, sparsity: 1}"));
  }
}
