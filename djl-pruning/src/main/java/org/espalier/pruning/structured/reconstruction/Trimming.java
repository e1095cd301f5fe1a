package org.espalier.pruning.structured.reconstruction;

import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.core.reconstruction.Substitution;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;

/**
 * Of filters that have become equal one stays, and what reads the others reads it: their input
 * channels are summed. Equal are filters all of whose weights, biases and entries of norms differ
 * by at most a tolerance. No data is needed; with tolerance 0 the network computes what it did.
 *
 * <p>Source: X. Ding, G. Ding, Y. Guo, J. Han, "Centripetal SGD for pruning very deep convolutional
 * networks with complicated structure", CVPR 2019, section 3.2 (from memory), whose update rule is
 * {@code centripetal}.
 *
 * @param tolerance largest difference of filters that count as equal, at least 0
 */
public record Trimming(double tolerance) implements Reconstruction {

  /** Refuses a negative number. */
  public Trimming {
    if (!(tolerance >= 0)) {
      throw new InvalidInputException(
          "tolerance",
          "a number of at least 0",
          Double.toString(tolerance),
          "0 trims filters that are equal bit for bit");
    }
  }

  @Override
  public Reconstructed apply(StructuredNetwork network) {
    Consumers consumers = new Consumers(network);
    Producers producers = new Producers(network);
    Substitutes substitutes = new Substitutes(network);
    for (ChannelGroup group : network.prunable()) {
      if (consumers.known(group)) {
        int readers = consumers.of(group).size();
        List<Substitution> found = new ArrayList<>();
        List<Integer> stay = new ArrayList<>();
        for (int channel = 0; channel < group.size(); channel++) {
          int at = channel;
          stay.stream()
              .filter(other -> producers.difference(group, other, at) <= tolerance)
              .findFirst()
              .ifPresentOrElse(
                  other -> found.add(Substitution.equal(at, other, group.size(), readers)),
                  () -> stay.add(at));
        }
        substitutes.put(group, found);
      }
    }
    return substitutes.apply(consumers);
  }
}
