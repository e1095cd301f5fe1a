package org.espalier.pruning.structured.reconstruction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.reconstruction.Readings;
import org.espalier.pruning.core.reconstruction.Redundancy;
import org.espalier.pruning.core.reconstruction.Substitution;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;

/**
 * Lets all channels go that others, or a constant, can stand in for, in every group at once. What
 * is redundant is measured on samples: where it is so exactly, and for every input, the output of
 * the network does not change. Groups that something else reads than linear layers and convolutions
 * stay as they are.
 *
 * @param samples on which activations are measured, as the layers that read them see them
 * @param redundancy what counts as redundant
 */
public record Merging(Samples samples, Redundancy redundancy) implements Reconstruction {

  @Override
  public Reconstructed apply(StructuredNetwork network) {
    Consumers consumers = new Consumers(network);
    Map<ChannelGroup, List<ChannelReader>> readers = new LinkedHashMap<>();
    Watch watch = new Watch();
    for (ChannelGroup group : network.prunable()) {
      if (consumers.known(group) && group.size() > 1) {
        readers.put(
            group,
            consumers.of(group).stream()
                .map(consumer -> watch.add(consumer, new ChannelReader(consumer)))
                .toList());
      }
    }
    watch.run(network, samples);
    Substitutes substitutes = new Substitutes(network);
    readers.forEach(
        (group, all) -> {
          List<Readings> readings = all.stream().map(ChannelReader::readings).toList();
          List<Substitution> found = redundancy.find(readings);
          substitutes.put(group, found);
        });
    return substitutes.apply(consumers);
  }
}
