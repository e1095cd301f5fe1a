package org.espalier.pruning.djl.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;

/**
 * {@link Statistic#FLOW_GRADIENT}: ∂R/∂|w| of R = 1ᵀ |W_L| ... |W_1| 1, which the network itself
 * computes: R is the sum of its outputs for one example of ones. Tanaka, Kunin, Yamins, Ganguli,
 * "Pruning neural networks without any data by iteratively conserving synaptic flow", NeurIPS 2020.
 * Needs no labels, and of the batches at most the shape of the first.
 *
 * <p>The network runs in inference mode with all parameters replaced: weights and scales by their
 * absolute value times the mask; biases, shifts of norms and running means by 0, running variances
 * as they are. (The authors' code takes absolute values of biases; they are 0 where pruning begins
 * before training. With biases at 0 what flows into a hidden unit flows out of it, always.) The
 * derivative is dense: pruned weights have one, too. Activations stay: ReLU, average and maximum
 * pooling keep the law; where an activation is not the identity for positive inputs, and behind
 * norms of an example's own statistics, the numbers are still those of the formula's network, but
 * nothing is conserved.
 *
 * <p>In double precision (recurrent networks: single). Where the largest derivative does not lie
 * between 1e-30 and 1e30, all derivatives of one call are multiplied by the power of two that
 * brings it into [1, 2): single precision could not hold them. Rankings over the parameters of one
 * call stay what they were.
 */
public final class SynapticFlow implements Collector {

  private static final double LARGEST = 1e30;
  private static final double SMALLEST = 1e-30;

  @Override
  public Set<Statistic> provides() {
    return EnumSet.of(Statistic.FLOW_GRADIENT);
  }

  @Override
  public Map<String, Map<Statistic, float[]>> collect(
      Probe probe, Set<Statistic> wanted, Set<String> paths) {
    Requests.checkProvided(this, wanted);
    Map<String, Map<Statistic, float[]>> results = new HashMap<>();
    if (wanted.isEmpty()) {
      return results;
    }
    DataType type = Precision.highest(probe.network());
    try (NetworkCopy copy = new NetworkCopy(probe, paths, type, SynapticFlow::linear)) {
      double[][] gradient = copy.gradient(objective(probe, type));
      Vectors.put(
          results, Statistic.FLOW_GRADIENT, copy.paths(), gradient, scale(Vectors.max(gradient)));
    }
    return results;
  }

  /** Returns R of the network that runs with {@link #linear} parameters. */
  static Objective objective(Probe probe, DataType type) {
    return (store, manager) ->
        probe.network().forward(store, ones(probe, manager, type), false).stream()
            .map(NDArray::sum)
            .reduce(NDArray::add)
            .orElseThrow();
  }

  /** Returns what the network runs with in place of a parameter. */
  static NDArray linear(Parameter parameter, NDArray copy) {
    return switch (parameter.getType()) {
      case BIAS, BETA, RUNNING_MEAN -> copy.zerosLike();
      case RUNNING_VAR -> copy;
      case WEIGHT, GAMMA, OTHER -> copy.abs();
    };
  }

  private static double scale(double max) {
    if (!Double.isFinite(max)) {
      throw new InvalidInputException(
          Statistic.FLOW_GRADIENT.key(),
          "finite weights whose product over the layers a double can hold",
          Double.toString(max),
          "mend or scale down the weights; nothing was pruned");
    }
    return max == 0 || (max >= SMALLEST && max <= LARGEST)
        ? 1
        : Math.scalb(1.0, -Math.getExponent(max));
  }

  /** One example of ones, shaped as the first batch, or as the network was initialized. */
  private static NDList ones(Probe probe, NDManager manager, DataType type) {
    NDList ones = new NDList();
    if (probe.batches().isEmpty()) {
      for (Shape shape : inputShapes(probe.network())) {
        ones.add(manager.ones(oneExample(shape), type));
      }
    } else {
      for (NDArray array : probe.batches().get(0).data()) {
        DataType found = array.getDataType();
        ones.add(manager.ones(oneExample(array.getShape()), found.isFloating() ? type : found));
      }
    }
    return ones;
  }

  private static List<Shape> inputShapes(Block network) {
    return network.describeInput().values();
  }

  private static Shape oneExample(Shape batch) {
    long[] extents = batch.getShape().clone();
    extents[0] = 1;
    if (IntStream.range(0, extents.length).anyMatch(axis -> extents[axis] < 1)) {
      throw new InvalidInputException(
          Statistic.FLOW_GRADIENT.key(),
          "an input shape that is known but for the batch",
          batch.toString(),
          "give a batch, or initialize the network with the whole shape");
    }
    return new Shape(extents);
  }
}
