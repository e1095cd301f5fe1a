package org.espalier.pruning.djl.capture;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Collector;
import org.espalier.pruning.djl.evidence.MaskedCopies;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Requests;

/**
 * Norms of the layers before and after, which lookahead pruning multiplies with (Park, Lee, Mo and
 * Shin, "Lookahead: a far-sighted alternative of magnitude-based pruning", 2020, equation 3). Taken
 * from masked weights, without biases and without the scales of batch norms in between; no data is
 * needed. Sums are in double precision.
 *
 * <ul>
 *   <li>{@link Statistic#PREVIOUS_NORM}: for input j, sqrt(sum of w²) over the weights of the
 *       previous layer that make its output j: row j of its matrix, filter j of a convolution. A
 *       flattened convolution gives each of its channels' norms to all H x W inputs of that
 *       channel. 1 for every input of the network's first layer.
 *   <li>{@link Statistic#NEXT_NORM}: for output k, sqrt(sum of w²) over the weights of the next
 *       layer that read it: column k of its matrix; [:, k, ...] of a convolution; behind a
 *       flattened convolution all columns of channel k. 1 for every output of the last layer.
 * </ul>
 *
 * <p>Neighbors are those in a chain of {@code SequentialBlock}s with activations, pooling,
 * flattening, dropout and norms between them. Where that does not tell (the ends of residual
 * branches, what reads their sum, grouped convolutions, recurrent neighbors), or the sizes do not
 * chain, the layer is refused.
 */
public final class NeighborNorms implements Collector {

  @Override
  public Set<Statistic> provides() {
    return EnumSet.of(Statistic.PREVIOUS_NORM, Statistic.NEXT_NORM);
  }

  @Override
  public Map<String, Map<Statistic, float[]>> collect(
      Probe probe, Set<Statistic> wanted, Set<String> paths) {
    Requests.checkProvided(this, wanted);
    Chain chain = new Chain(probe.network());
    Map<String, Map<Statistic, float[]>> results = new LinkedHashMap<>();
    try (MaskedCopies copies = new MaskedCopies(probe)) {
      for (Layer layer : Layer.find(probe.network(), paths).values()) {
        Map<Statistic, float[]> norms = new EnumMap<>(Statistic.class);
        if (wanted.contains(Statistic.PREVIOUS_NORM)) {
          norms.put(Statistic.PREVIOUS_NORM, previous(chain.before(layer), layer, copies));
        }
        if (wanted.contains(Statistic.NEXT_NORM)) {
          norms.put(Statistic.NEXT_NORM, next(chain.after(layer), layer, copies));
        }
        results.put(layer.path(), norms);
      }
    }
    return results;
  }

  private static float[] previous(Optional<Chain.Link> link, Layer layer, MaskedCopies copies) {
    float[] norms = ones(layer.extent(1));
    if (link.isPresent()) {
      Layer previous = link.get().first();
      int repeat = link.get().repeat();
      float[] weights = copies.values(previous.weight());
      int columns = weights.length / previous.extent(0);
      for (int row = 0; row < previous.extent(0); row++) {
        double sum = 0;
        for (int i = row * columns; i < (row + 1) * columns; i++) {
          sum += (double) weights[i] * weights[i];
        }
        Arrays.fill(norms, row * repeat, (row + 1) * repeat, (float) Math.sqrt(sum));
      }
    }
    return norms;
  }

  private static float[] next(Optional<Chain.Link> link, Layer layer, MaskedCopies copies) {
    int outputs = layer.extent(0);
    float[] norms = ones(outputs);
    if (link.isPresent()) {
      Layer next = link.get().second();
      float[] weights = copies.values(next.weight());
      // Entries of the next layer's rows that read one output: inputs of it x kernel.
      int width = weights.length / next.extent(0) / outputs;
      double[] sums = new double[outputs];
      for (int i = 0; i < weights.length; i++) {
        sums[i / width % outputs] += (double) weights[i] * weights[i];
      }
      for (int k = 0; k < outputs; k++) {
        norms[k] = (float) Math.sqrt(sums[k]);
      }
    }
    return norms;
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1f);
    return ones;
  }
}
