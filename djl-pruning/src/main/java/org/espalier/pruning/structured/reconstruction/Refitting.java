package org.espalier.pruning.structured.reconstruction;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.pruning.core.reconstruction.Refit;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;

/**
 * Lets chosen channels go and gives the layers that read them new weights, so that what these
 * compute on samples changes as little as possible. Each layer is fitted to what it computed in the
 * larger network, from what it read there.
 *
 * @param selection of channels that go
 * @param samples on which activations are measured
 * @param refit how weights change
 */
public record Refitting(Selection selection, Samples samples, Refit refit)
    implements Reconstruction {

  @Override
  public Reconstructed apply(StructuredNetwork network) {
    Consumers consumers = new Consumers(network);
    Watch watch = new Watch();
    Map<String, Fit> fits = new LinkedHashMap<>();
    for (ChannelGroup group : network.prunable()) {
      BitSet gone = new BitSet();
      for (int channel = 0; channel < group.size(); channel++) {
        gone.set(channel, selection.contains(group, channel));
      }
      if (!gone.isEmpty()) {
        for (Consumer consumer : consumers.of(group)) {
          fits.computeIfAbsent(
                  consumer.weight() + " " + consumer.firstRow(),
                  key -> new Fit(consumer, watch.add(consumer, new PatchReader(consumer, samples))))
              .add(consumer, gone);
        }
      }
    }
    watch.run(network, samples);
    Edits edits = new Edits(network);
    fits.values().forEach(fit -> fit.refit(refit, edits));
    return edits.without(selection);
  }
}
