package org.espalier.pruning.structured.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.espalier.pruning.structured.criterion.GroupScores;
import org.espalier.sparse.mask.Counts;

/**
 * All groups lose the same fraction. If a fraction p of n channels goes, floor((1 - p) n + 0.5) are
 * kept; so the channel at place j from below, counted from 0, goes as soon as p > (j + 0.5) / n.
 * Channels of all groups are sorted by this number: cut anywhere, each group has lost what some
 * fraction takes of it, or at a tie one less.
 *
 * <p>Source: H. Li et al., "Pruning Filters for Efficient ConvNets", ICLR 2017, section 3.1, with
 * the same ratio in all layers.
 */
public enum Local implements Ranking {
  /** The only one: the ranking has no parameters. */
  INSTANCE;

  private record Due(double fraction, Place place) {}

  @Override
  public String type() {
    return "local";
  }

  @Override
  public List<Place> order(List<GroupScores> scores, int[] begin, IntToDoubleFunction flops) {
    return IntStream.range(0, scores.size())
        .boxed()
        .flatMap(group -> due(scores.get(group), group, begin[group]).stream())
        .sorted(
            Comparator.comparingDouble(Due::fraction)
                .thenComparing(Due::place, Comparator.comparingInt(Place::group).reversed()))
        .map(Due::place)
        .toList();
  }

  /** The sort is stable: places of one group stay in the order of their scores. */
  private static List<Due> due(GroupScores scores, int group, int begin) {
    int size = scores.scores().length;
    List<Place> rising = Rising.places(scores.scores(), group).toList();
    return IntStream.range(0, size)
        .mapToObj(j -> new Due((begin - size + j + 0.5) / begin, rising.get(j)))
        .toList();
  }

  @Override
  public long kept(double remove, int[] begin) {
    return Arrays.stream(begin).mapToLong(size -> Counts.kept(remove, size)).sum();
  }
}
