package org.espalier.pruning.structured.target;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.ranking.Place;
import org.espalier.sparse.InvalidInputException;

/**
 * Which channels go: the fewest along a ranking with which a measure comes down to its limit. Found
 * by bisection, since removing more never makes it larger; where a latency model breaks that rule,
 * a length that meets the limit while one less does not.
 */
public final class Choice {

  private final StructuredNetwork network;
  private final List<ChannelGroup> groups;
  private final List<Place> order;
  private final Floor floor;

  /**
   * @param groups that compete
   * @param order all their channels, first those that go first
   * @param floor what must stay of each group
   */
  public Choice(
      StructuredNetwork network, List<ChannelGroup> groups, List<Place> order, Floor floor) {
    this.network = network;
    this.groups = List.copyOf(groups);
    this.order = List.copyOf(order);
    this.floor = floor;
  }

  /**
   * Returns the fewest channels that meet a limit.
   *
   * @param limit that the measure may not exceed
   * @throws InvalidInputException if it cannot be met, naming the least that can
   */
  public Selection fewest(Measure measure, BigDecimal limit) {
    int missed = -1;
    int met = order.size();
    double least = measure(measure, met);
    if (exceeds(least, limit)) {
      throw new InvalidInputException(
          "target " + measure.type(),
          "one that can be reached: with "
              + floorText()
              + ", the least is "
              + text(least)
              + " "
              + measure.unit(),
          "at most " + limit.stripTrailingZeros().toPlainString(),
          "remove less, or leave less of each group");
    }
    while (met - missed > 1) {
      int middle = missed + (met - missed) / 2;
      if (exceeds(measure(measure, middle), limit)) {
        missed = middle;
      } else {
        met = middle;
      }
    }
    return along(met);
  }

  /**
   * Returns the selection at a length of the ranking: what the floor gives back, the best channels
   * of a group, is left out.
   *
   * @param length in [0, number of channels]
   */
  public Selection along(int length) {
    int[] going = new int[groups.size()];
    order.subList(0, length).forEach(place -> going[place.group()]++);
    List<List<Integer>> chosen = new ArrayList<>();
    for (int g = 0; g < going.length; g++) {
      int size = groups.get(g).size();
      going[g] = size - floor.kept(size - going[g], size);
      chosen.add(new ArrayList<>());
    }
    for (Place place : order.subList(0, length)) {
      if (going[place.group()]-- > 0) {
        chosen.get(place.group()).add(place.channel());
      }
    }
    Selection selection = Selection.empty();
    for (int g = 0; g < groups.size(); g++) {
      if (!chosen.get(g).isEmpty()) {
        int[] channels = chosen.get(g).stream().mapToInt(Integer::intValue).toArray();
        selection = selection.with(groups.get(g), channels);
      }
    }
    return selection;
  }

  private double measure(Measure measure, int length) {
    return measure.of(new Candidate(network, groups, along(length)));
  }

  private static boolean exceeds(double value, BigDecimal limit) {
    return new BigDecimal(value).compareTo(limit) > 0;
  }

  private String floorText() {
    return "at least "
        + floor.channels()
        + " of each group"
        + (floor.multiple() == 1 ? "" : " in multiples of " + floor.multiple());
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
