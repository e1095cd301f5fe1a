package org.espalier.hw.sim;

import org.espalier.hw.arch.DualSideArchitecture;
import org.espalier.hw.workload.Layer;

/**
 * The instructions of a layer on a dual-side sparse tensor core (Y. Wang et al., "Dual-side Sparse
 * Tensor Core", ISCA 2021, sections 3 and 4; from memory). For each reduction index, a slice of
 * activations and one of weights make an outer product. Their bitmaps condense the slices, so with
 * p and q non-zeros it takes ceil(p / leftStep) ceil(q / rightStep) instructions instead of all,
 * but no fewer than those that read the bitmaps. Activations are the left operand: the figures of
 * Sparseloop's case study at dense weights follow its step.
 *
 * @param instructions over all outer products
 * @param products of two non-zeros
 */
public record OuterProducts(double instructions, double products) {

  /**
   * Counts: exactly where both operands are actual masks, as an expectation otherwise. Models are
   * taken to be independent of the other operand.
   */
  public static OuterProducts of(Layer layer, DualSideArchitecture core) {
    Slices left = Slices.ofActivations(layer, core.tile());
    Slices right = Slices.ofWeights(layer, core.tile());
    boolean alike = left.alike() && right.alike();
    int distinct = alike ? 1 : left.reductions();
    double instructions = 0;
    double products = 0;
    for (int reduction = 0; reduction < distinct; reduction++) {
      double[] leftSteps = steps(left.at(reduction), core.leftStep());
      double[] rightSteps = steps(right.at(reduction), core.rightStep());
      for (int a = 0; a < leftSteps.length; a++) {
        for (int b = 0; b < rightSteps.length; b++) {
          instructions += leftSteps[a] * rightSteps[b] * Math.max(a * b, core.leastInstructions());
        }
      }
      products += nonZeros(left.at(reduction)) * nonZeros(right.at(reduction));
    }
    double repeats = alike ? left.reductions() : 1;
    return new OuterProducts(instructions * repeats, products * repeats);
  }

  private static double[] steps(double[] slices, int size) {
    double[] steps = new double[(slices.length - 1) / size + 1];
    for (int x = 0; x < slices.length; x++) {
      steps[(x + size - 1) / size] += slices[x];
    }
    return steps;
  }

  private static double nonZeros(double[] slices) {
    double sum = 0;
    for (int x = 1; x < slices.length; x++) {
      sum += x * slices[x];
    }
    return sum;
  }
}
