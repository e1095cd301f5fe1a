package org.espalier.pruning.structured.gate;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.LossGradients;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.op.Slice;

/**
 * Gradient sensitivity of heads and hidden units, summed over batches b with loss L_b: Y. J. Kim
 * and H. Hassan, "FastFormers: Highly Efficient Transformer Models for Natural Language
 * Understanding", SustaiNLP 2020, section 3.2 (its number from memory); sums and absolute values as
 * in the authors' code.
 *
 * <ul>
 *   <li>heads: Σ_b |∂L_b/∂m_h| for a mask m_h = 1 on head h;
 *   <li>hidden units: Σ_b |Σ w·∂L_b/∂w over row i of the first layer and its bias| + |Σ w·∂L_b/∂w
 *       over column i of the second layer|.
 * </ul>
 *
 * <p>Σ w·∂L/∂w over a slice is the derivative by a gate of 1 that multiplies it, so the mask of a
 * head is a gate on its columns of the result projection. Scores of a layer are divided by their l2
 * norm. The network runs as in training, without dropout: norms use the statistics of the batch.
 */
public final class GradientSensitivity {

  private GradientSensitivity() {}

  /**
   * Scores heads.
   *
   * @param network that the groups are of; only read
   * @param groups that linear layers read
   * @param loss of the training
   * @param batches at least one
   * @return scores of each group, at least 0, of l2 norm 1 unless all are 0
   */
  public static Map<ChannelGroup, double[]> ofHeads(
      Block network, List<ChannelGroup> groups, Loss loss, List<Sample> batches) {
    return of(network, groups, loss, batches, false);
  }

  /** Scores hidden units; parameters as {@link #ofHeads}. */
  public static Map<ChannelGroup, double[]> ofUnits(
      Block network, List<ChannelGroup> groups, Loss loss, List<Sample> batches) {
    return of(network, groups, loss, batches, true);
  }

  private static Map<ChannelGroup, double[]> of(
      Block network, List<ChannelGroup> groups, Loss loss, List<Sample> batches, boolean rows) {
    Map<String, int[]> shapes = GateImportance.shapes(network);
    groups.forEach(group -> Gates.of(group, shapes));
    Set<String> paths = new LinkedHashSet<>();
    groups.forEach(group -> group.members().forEach(member -> paths.add(member.parameter())));
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Pair<String, Parameter> pair : network.getParameters()) {
      if (paths.contains(pair.getKey())) {
        weights.put(pair.getKey(), HostValues.read(pair.getKey(), pair.getValue().getArray()));
      }
    }
    Map<ChannelGroup, double[]> scores = Gates.zeros(groups);
    for (Sample batch : batches) {
      Probe probe = new Probe(network, loss, List.of(batch), Map.of(), 0);
      Map<String, Map<Statistic, float[]>> gradients =
          new LossGradients().collect(probe, Set.of(Statistic.GRADIENT), paths);
      scores.forEach(
          (group, sums) -> {
            for (int channel = 0; channel < sums.length; channel++) {
              double[] gates = new double[2];
              for (Slice slice : group.channels().get(channel)) {
                String path = slice.parameter();
                gates[slice.axis()] +=
                    product(
                        weights.get(path),
                        gradients.get(path).get(Statistic.GRADIENT),
                        shapes.get(path),
                        slice);
              }
              sums[channel] += Math.abs(gates[1]) + (rows ? Math.abs(gates[0]) : 0);
            }
          });
    }
    scores.replaceAll((group, sums) -> Gates.normalized(sums));
    return scores;
  }

  /** Sums weight times gradient over a slice of a matrix or of a bias. */
  private static double product(float[] weights, float[] gradients, int[] shape, Slice slice) {
    int columns = shape.length == 1 ? 1 : shape[1];
    int start = slice.axis() == 0 ? slice.index() * columns : slice.index();
    int step = slice.axis() == 0 ? 1 : columns;
    int count = slice.axis() == 0 ? columns : shape[0];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) weights[start + i * step] * gradients[start + i * step];
    }
    return sum;
  }
}
