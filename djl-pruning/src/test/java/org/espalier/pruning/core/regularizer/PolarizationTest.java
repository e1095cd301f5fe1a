package org.espalier.pruning.core.regularizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolarizationTest {

  /** Mean 1 of both tensors together: 2 (1.5 * 4 - (1 + 0.5 + 0.5 + 2)) with γ = 0, .5, 1.5, 2. */
  @Test
  void theMeanIsThatOfAllTensors() {
    Penalized first = Tensors.vector(0, 0.5f);
    Penalized second = Tensors.vector(1.5f, 2);
    List<Penalized> both = List.of(first, second);
    // |0 - 1| + |.5 - 1| + |1.5 - 1| + |2 - 1| = 3
    assertEquals(2 * (1.5 * 4 - 3), new Polarization(2, 1.5).value(both));
    float[] a = new float[2];
    float[] b = new float[2];
    new Polarization(2, 1.5).addGradients(both, List.of(a, b));
    // mean of signs is 0: 2 (1.5 + 1) below the mean and not 0, 2 (1.5 - 1) above it
    assertEquals(0, a[0]);
    assertEquals(5, a[1]);
    assertEquals(1, b[0]);
    assertEquals(1, b[1]);
  }

  /**
   * Among γ in [0, 1] with the mean held at 0.5, R is smallest where half of them are 0 and half
   * are 1 (Zhuang et al. 2020, theorem 3.2), by a search of the whole grid.
   */
  @Test
  void theMinimumIsBimodal() {
    Polarization penalty = new Polarization(1, 1.2);
    double best = Tensors.value(penalty, Tensors.vector(0, 0, 1, 1));
    int better = 0;
    int points = 0;
    for (int a = 0; a <= 20; a++) {
      for (int b = a; b <= 20; b++) {
        for (int c = b; c <= 20; c++) {
          int d = 40 - a - b - c;
          if (d >= c && d <= 20) {
            double value =
                Tensors.value(penalty, Tensors.vector(a / 20f, b / 20f, c / 20f, d / 20f));
            better += value < best - 1e-6 ? 1 : 0;
            points++;
          }
        }
      }
    }
    assertEquals(0, better);
    assertTrue(points > 100);
  }
}
