package org.espalier.pruning.structured.reconstruction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.reconstruction.StandIn;
import org.espalier.pruning.core.reconstruction.Substitution;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;

/** Lets channels go, and adds what they did to the weights of those that stand in for them. */
final class Substitutes {

  private final StructuredNetwork network;
  private final Map<ChannelGroup, List<Substitution>> chosen = new LinkedHashMap<>();

  Substitutes(StructuredNetwork network) {
    this.network = network;
  }

  /** Channels of a group that go; stand-ins are in the order of {@link Consumers#of}. */
  void put(ChannelGroup group, List<Substitution> substitutions) {
    chosen.put(group, substitutions);
  }

  /** Builds the network without them. */
  Reconstructed apply(Consumers consumers) {
    Edits edits = new Edits(network);
    Selection selection = Selection.empty();
    for (Map.Entry<ChannelGroup, List<Substitution>> entry : chosen.entrySet()) {
      List<Consumer> readers = consumers.of(entry.getKey());
      for (int i = 0; i < readers.size(); i++) {
        double[][] weights = edits.weights(readers.get(i));
        for (Substitution substitution : entry.getValue()) {
          StandIn standIn = substitution.standIns().get(i);
          move(weights, readers.get(i), substitution.channel(), standIn);
        }
        edits.set(readers.get(i), weights);
      }
      for (Substitution substitution : entry.getValue()) {
        selection = selection.with(entry.getKey(), substitution.channel());
      }
    }
    return edits.without(selection);
  }

  /** For each feature of h: w_j += c_j w_h for the same feature of j, b += constant w_h. */
  private static void move(double[][] weights, Consumer reader, int channel, StandIn standIn) {
    int[][] features = reader.features();
    for (double[] row : weights) {
      for (int part = 0; part < features[channel].length; part++) {
        double moved = row[features[channel][part]];
        for (int other = 0; other < features.length && moved != 0; other++) {
          row[features[other][part]] += standIn.coefficients()[other] * moved;
        }
        row[row.length - 1] += standIn.constant() * moved;
        row[features[channel][part]] = 0;
      }
    }
  }
}
