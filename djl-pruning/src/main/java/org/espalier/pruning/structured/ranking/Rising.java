package org.espalier.pruning.structured.ranking;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Channels of one group by rising score. */
final class Rising {

  private Rising() {}

  /** Returns the places of a group; of equal scores the higher index comes first: it goes first. */
  static Stream<Place> places(double[] scores, int group) {
    return IntStream.range(0, scores.length)
        .mapToObj(channel -> new Place(group, channel))
        .sorted(
            Comparator.comparingDouble((Place place) -> scores[place.channel()])
                .thenComparing(Comparator.comparingInt(Place::channel).reversed()));
  }
}
