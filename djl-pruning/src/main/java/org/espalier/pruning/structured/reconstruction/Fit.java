package org.espalier.pruning.structured.reconstruction;

import java.util.Arrays;
import java.util.BitSet;
import org.espalier.pruning.core.reconstruction.LinearConsumer;
import org.espalier.pruning.core.reconstruction.Refit;

/** A consumer, what it reads, and which of it goes. Channels of several groups may be read. */
final class Fit {

  private final Consumer consumer;
  private final PatchReader reader;
  private final BitSet gone = new BitSet();
  private int[][] features = new int[0][];

  Fit(Consumer consumer, PatchReader reader) {
    this.consumer = consumer;
    this.reader = reader;
  }

  /**
   * The consumer reads the channels of a group.
   *
   * @param same the consumer as it reads this group
   * @param removed channels that go
   */
  void add(Consumer same, BitSet removed) {
    int before = features.length;
    int[][] more = same.features();
    features = Arrays.copyOf(features, before + more.length);
    System.arraycopy(more, 0, features, before, more.length);
    remove(removed, before);
  }

  /** More channels of the only group go. */
  void remove(BitSet removed) {
    remove(removed, 0);
  }

  private void remove(BitSet removed, int before) {
    removed.stream().forEach(channel -> gone.set(before + channel));
  }

  /** Returns what the consumer computes by now. */
  LinearConsumer linear(Edits edits) {
    return new LinearConsumer(reader.moments(), edits.weights(consumer), features);
  }

  /** Changes the consumer's weights. */
  void refit(Refit refit, Edits edits) {
    edits.set(consumer, refit.weights(linear(edits), gone));
  }
}
