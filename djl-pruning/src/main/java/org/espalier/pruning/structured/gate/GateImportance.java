package org.espalier.pruning.structured.gate;

import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.djl.capture.Capture;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.network.NetworkParameters;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.sparse.InvalidInputException;

/**
 * Importance of heads: I_h = E_x |∂L(x)/∂ξ_h| for a gate ξ_h = 1 that multiplies what head h hands
 * to the result projection, L(x) the loss of one example x; divided by the l2 norm of all heads of
 * the layer. P. Michel, O. Levy and G. Neubig, "Are Sixteen Heads Really Better than One?", NeurIPS
 * 2019, section 4.1, equation 2 (their numbers from memory). The same gate is put on every hidden
 * unit of a feed-forward block.
 *
 * <p>∂L(x)/∂ξ_h is a · ∂L/∂a summed over the positions and entries of the head's output a, and
 * ∂L/∂a is the derivative of the projection's output times its weight: one backward pass for each
 * batch gives it for every example. The network runs as in inference: nothing drops out, and norms
 * use their running statistics, so that examples do not see each other.
 */
public final class GateImportance {

  private GateImportance() {}

  /**
   * Scores every channel of some groups.
   *
   * @param network that the groups are of; only read, but no other thread may use it meanwhile
   * @param groups heads or hidden units: what reads them are linear layers, without an activation
   *     directly behind
   * @param loss a mean over the examples of a batch, as DJL's are
   * @param batches at least one
   * @return scores of each group, at least 0, of l2 norm 1 unless all are 0
   * @throws InvalidInputException if a group is read by something else
   */
  public static Map<ChannelGroup, double[]> of(
      Block network, List<ChannelGroup> groups, Loss loss, List<Sample> batches) {
    Map<String, int[]> shapes = shapes(network);
    Map<ChannelGroup, double[]> scores = Gates.zeros(groups);
    Map<String, ReaderGradients> readers = new LinkedHashMap<>();
    try {
      Map<ChannelGroup, Gates> gates = new LinkedHashMap<>();
      for (ChannelGroup group : groups) {
        gates.put(group, Gates.of(group, shapes));
        for (String path : gates.get(group).readers().keySet()) {
          readers.computeIfAbsent(path, key -> new ReaderGradients(network, key));
        }
      }
      long examples = 0;
      for (Sample batch : batches) {
        Capture.backward(new Probe(network, loss, List.of(batch), Map.of(), 0), readers);
        gates.forEach((group, own) -> add(scores.get(group), own, readers));
        examples += batch.data().head().size(0);
      }
      long count = examples;
      scores.values().forEach(own -> Arrays.setAll(own, i -> own[i] / count));
    } finally {
      readers.values().forEach(ReaderGradients::close);
    }
    scores.replaceAll((group, own) -> Gates.normalized(own));
    return scores;
  }

  /** Sums over readers with their signs, then takes each example's absolute value. */
  private static void add(double[] scores, Gates gates, Map<String, ReaderGradients> readers) {
    double[][] examples = null;
    for (Map.Entry<String, int[]> reader : gates.readers().entrySet()) {
      float[][] columns = readers.get(reader.getKey()).columns();
      if (examples == null) {
        examples = new double[columns.length][scores.length];
      }
      for (int e = 0; e < columns.length; e++) {
        for (int j = 0; j < columns[e].length; j++) {
          if (reader.getValue()[j] >= 0) {
            examples[e][reader.getValue()[j]] += columns[e][j];
          }
        }
      }
    }
    for (double[] example : examples) {
      for (int channel = 0; channel < scores.length; channel++) {
        // The loss is a mean over the batch: of one example alone it is as many times more.
        scores[channel] += examples.length * Math.abs(example[channel]);
      }
    }
  }

  /** Returns the shapes of all parameters by path. */
  static Map<String, int[]> shapes(Block network) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (TensorInfo info : new NetworkParameters(network).infos()) {
      shapes.put(info.name(), info.shape());
    }
    return shapes;
  }
}
