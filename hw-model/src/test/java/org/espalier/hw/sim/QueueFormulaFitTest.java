package org.espalier.hw.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How the two constants of the formula were found: neighbors on a coarse grid fit no better. */
class QueueFormulaFitTest {

  /** One batch, simulated: parts of equal rows and density, and the cycles of its columns. */
  private record Sample(SliceKinds kinds, int depth, int columns, double cycles) {

    double squaredError(double shifts, double power) {
      double error = new QueueFormula(kinds, depth, shifts, power).cycles(columns) / cycles - 1;
      return error * error;
    }
  }

  private static double between(SplittableRandom random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  private static Sample draw(SplittableRandom random, int seed) {
    int elements = (int) between(random, 2, 257);
    int depth = (int) between(random, 2, 33);
    int rows = (int) between(random, 1, 65);
    int columns = (int) between(random, 100, 1500);
    double density = between(random, 0.02, 0.7);
    QueueSetup setup = new QueueSetup(elements, depth, rows, columns, 4, 0);
    boolean[] wanted = new boolean[columns];
    Arrays.fill(wanted, true);
    int[] entries =
        new DrawnEntries(columns, density, setup, seed).count(0, rows * elements, wanted);
    BroadcastQueue queue = new BroadcastQueue(elements, depth);
    for (int column = 0; column < columns; column++) {
      queue.send(entries, column * elements);
    }
    double[] densities = new double[rows];
    Arrays.fill(densities, density);
    SliceKinds kinds =
        new SliceKinds(1, new double[] {elements}, List.of(Slice.of(densities, setup.span())));
    return new Sample(kinds, depth, columns, queue.cycles());
  }

  @Test
  void theConstantsAreThoseOfTheFit() {
    SplittableRandom random = new SplittableRandom(11);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      samples.add(draw(random, i));
    }
    double fitted = rms(samples, QueueFormula.SHIFTS, QueueFormula.POWER);
    assertTrue(fitted < 0.02, "root mean square error " + fitted);
    for (double[] other : new double[][] {{0, 0.25}, {1, 0.25}, {12, 0.25}, {3.5, 1}, {12, 1}}) {
      double rms = rms(samples, other[0], other[1]);
      assertTrue(fitted < rms, other[0] + ", " + other[1] + ": " + rms + " below " + fitted);
    }
  }

  private static double rms(List<Sample> samples, double shifts, double power) {
    return Math.sqrt(
        samples.stream().mapToDouble(s -> s.squaredError(shifts, power)).average().orElseThrow());
  }
}
