package org.espalier.pruning.core.reconstruction;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of channels, the nearest first, of which one goes and the other stands in for it. What has
 * stood in for another stays.
 */
abstract class Pairs {

  private final List<Readings> consumers;

  Pairs(List<Readings> consumers) {
    this.consumers = consumers;
  }

  /** Returns how near two channels are to each other as one consumer reads them. */
  abstract double nearness(Readings consumer, int stays, int goes);

  /** Returns what one consumer reads instead of the channel that goes. */
  abstract StandIn standIn(Readings consumer, int stays, int goes);

  /** Fuses pairs until none is left that all consumers find at least so near. */
  List<Substitution> fuse(double least) {
    int channels = consumers.get(0).channels();
    double[][] near = new double[channels][channels];
    for (int stays = 0; stays < channels; stays++) {
      for (int goes = stays + 1; goes < channels; goes++) {
        near[stays][goes] = nearness(stays, goes);
      }
    }
    boolean[] gone = new boolean[channels];
    boolean[] needed = new boolean[channels];
    List<Substitution> found = new ArrayList<>();
    while (true) {
      int stays = -1;
      int goes = -1;
      for (int i = 0; i < channels; i++) {
        for (int j = i + 1; j < channels; j++) {
          boolean free = !gone[i] && !gone[j] && !(needed[i] && needed[j]);
          if (free && near[i][j] >= least && (stays < 0 || near[i][j] > near[stays][goes])) {
            stays = i;
            goes = j;
          }
        }
      }
      if (stays < 0) {
        return found;
      }
      int keeper = needed[goes] ? goes : stays;
      int other = keeper == goes ? stays : goes;
      found.add(
          new Substitution(other, consumers.stream().map(c -> standIn(c, keeper, other)).toList()));
      gone[other] = true;
      needed[keeper] = true;
    }
  }

  private double nearness(int stays, int goes) {
    double least = Double.POSITIVE_INFINITY;
    for (Readings consumer : consumers) {
      least = Math.min(least, nearness(consumer, stays, goes));
    }
    return least;
  }
}
