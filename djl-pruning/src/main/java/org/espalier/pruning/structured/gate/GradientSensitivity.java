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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.LossGradients;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.network.HostValues;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.op.Slice;
import org.espalier.sparse.InvalidInputException;

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
    return of(network, groups, loss, batches, group -> false);
  }

  /**
   * Scores hidden units; parameters as {@link #ofHeads}.
   *
   * @throws InvalidInputException if another layer than a linear one writes a group
   */
  public static Map<ChannelGroup, double[]> ofUnits(
      Block network, List<ChannelGroup> groups, Loss loss, List<Sample> batches) {
    Map<String, int[]> shapes = GateImportance.shapes(network);
    groups.forEach(group -> Gates.requireLinearWriters(group, shapes));
    return of(network, groups, loss, batches, group -> true);
  }

  /**
   * Scores hidden units, which one linear layer writes, as {@link #ofUnits}, and all other groups
   * as {@link #ofHeads}.
   */
  public static Map<ChannelGroup, double[]> of(
      Block network, List<ChannelGroup> groups, Loss loss, List<Sample> batches) {
    Map<String, int[]> shapes = GateImportance.shapes(network);
    return of(network, groups, loss, batches, group -> Gates.hasOneLinearWriter(group, shapes));
  }

  private static Map<ChannelGroup, double[]> of(
      Block network,
      List<ChannelGroup> groups,
      Loss loss,
      List<Sample> batches,
      Predicate<ChannelGroup> hasRows) {
    Map<String, int[]> shapes = GateImportance.shapes(network);
    Set<String> paths = new LinkedHashSet<>();
    Set<ChannelGroup> units = groups.stream().filter(hasRows).collect(Collectors.toSet());
    for (ChannelGroup group : groups) {
      paths.addAll(Gates.of(group, shapes).readers().keySet());
      if (units.contains(group)) {
        paths.addAll(Gates.writers(group));
      }
    }
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
                if (slice.axis() == 1 || units.contains(group) && paths.contains(path)) {
                  gates[slice.axis()] +=
                      product(
                          weights.get(path),
                          gradients.get(path).get(Statistic.GRADIENT),
                          shapes.get(path),
                          slice);
                }
              }
              sums[channel] += Math.abs(gates[1]) + Math.abs(gates[0]);
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
