package org.espalier.pruning.core.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.schedule.Demand;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Scores;

/**
 * Tensors of known networks, in single weights without scores, and what allocations make of them.
 */
final class Layers {

  private Layers() {}

  static List<UnitScores> lenet300() {
    return of(new int[][] {{300, 784}, {100, 300}, {10, 100}});
  }

  static List<UnitScores> lenet5Caffe() {
    return of(new int[][] {{20, 1, 5, 5}, {50, 20, 5, 5}, {500, 800}, {10, 500}});
  }

  static List<UnitScores> of(int[]... shapes) {
    List<UnitScores> tensors = new ArrayList<>();
    for (int[] shape : shapes) {
      tensors.add(layer("%02d".formatted(tensors.size()), 1, shape));
    }
    return tensors;
  }

  static UnitScores layer(String name, long uses, int... shape) {
    TensorInfo tensor = new TensorInfo(name, shape, true, uses);
    return new UnitScores(tensor, Scores.of(new double[tensor.elements()]), 1);
  }

  static UnitScores scored(String name, long uses, double... scores) {
    TensorInfo tensor = new TensorInfo(name, new int[] {1, scores.length}, true, uses);
    return new UnitScores(tensor, Scores.of(scores), 1);
  }

  static double[] sparsities(Allocation allocation, double sparsity, List<UnitScores> tensors) {
    return allocation.sparsities(new Demand.Sparsity(sparsity), tensors);
  }

  /** The counts that an unstructured pattern makes of the sparsities. */
  static int[] kept(Allocation allocation, Demand demand, List<UnitScores> tensors) {
    double[] sparsities = allocation.sparsities(demand, tensors);
    return IntStream.range(0, sparsities.length)
        .map(i -> (int) Counts.kept(sparsities[i], tensors.get(i).units()))
        .toArray();
  }

  static int[] kept(Allocation allocation, double sparsity, List<UnitScores> tensors) {
    return kept(allocation, new Demand.Sparsity(sparsity), tensors);
  }

  /** Sum of density times weights, or operations. */
  static double cost(Budget budget, double[] sparsities, List<UnitScores> tensors) {
    double cost = 0;
    for (int i = 0; i < sparsities.length; i++) {
      cost += (1 - sparsities[i]) * budget.cost(tensors.get(i).tensor());
    }
    return cost;
  }
}
