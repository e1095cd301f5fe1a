package org.espalier.pruning.structured.reconstruction;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.reconstruction.ConstantUnits;
import org.espalier.pruning.core.reconstruction.Readings;
import org.espalier.pruning.core.reconstruction.Substitution;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Input;
import org.espalier.pruning.structured.StructuredNetwork;

/**
 * Lets neurons go that weight pruning has left without a function: those whose incoming weights are
 * all 0, and those whose outgoing weights are all 0. The first still have an output, act(bias),
 * which no input changes; it is measured on one random input and goes into the biases of the layers
 * that read it. A channel whose output is not 0 and that a convolution with padding reads stays: no
 * bias does what it does at the borders.
 *
 * <p>What read nothing but dead neurons is dead afterwards: apply it again until nothing goes.
 *
 * <p>Source: S. Han, J. Pool, J. Tran, W. J. Dally, "Learning both weights and connections for
 * efficient neural networks", NIPS 2015, section 3.5 (from memory).
 */
public record DeadChannels() implements Reconstruction {

  private static final long SEED = 2015;

  @Override
  public Reconstructed apply(StructuredNetwork network) {
    Consumers consumers = new Consumers(network);
    Producers producers = new Producers(network);
    Map<ChannelGroup, List<ChannelReader>> readers = new LinkedHashMap<>();
    Watch watch = new Watch();
    for (ChannelGroup group : network.prunable()) {
      if (consumers.known(group)) {
        readers.put(
            group,
            consumers.of(group).stream()
                .map(consumer -> watch.add(consumer, new ChannelReader(consumer)))
                .toList());
      }
    }
    measure(network, watch);
    Substitutes substitutes = new Substitutes(network);
    readers.forEach(
        (group, all) -> {
          List<Substitution> found = new ArrayList<>();
          List<Readings> readings = all.stream().map(ChannelReader::readings).toList();
          boolean[] read = read(network, consumers.of(group), group);
          for (int channel = 0; channel < group.size(); channel++) {
            if (!read[channel]) {
              found.add(Substitution.none(channel, group.size(), all.size()));
            } else if (producers.allZero(group, channel)) {
              new ConstantUnits(0).find(readings, channel).ifPresent(found::add);
            }
          }
          substitutes.put(group, found.subList(0, Math.min(found.size(), group.size() - 1)));
        });
    return substitutes.apply(consumers);
  }

  private static void measure(StructuredNetwork network, Watch watch) {
    try (NDManager manager = NDManager.newBaseManager()) {
      watch.run(network, Samples.of(Input.random(network.inputs(), SEED, manager)));
    }
  }

  /** Returns which channels a consumer gives a weight that is not 0. */
  private static boolean[] read(
      StructuredNetwork network, List<Consumer> consumers, ChannelGroup group) {
    Edits weights = new Edits(network);
    boolean[] read = new boolean[group.size()];
    for (Consumer consumer : consumers) {
      int[][] features = consumer.features();
      for (double[] row : weights.weights(consumer)) {
        for (int channel = 0; channel < read.length; channel++) {
          for (int feature : features[channel]) {
            read[channel] |= row[feature] != 0;
          }
        }
      }
    }
    return read;
  }
}
