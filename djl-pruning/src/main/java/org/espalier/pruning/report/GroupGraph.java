package org.espalier.pruning.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which layers of a network lose channels together, to be drawn.
 *
 * @param layers in network order
 * @param groups in network order
 */
public record GroupGraph(List<LayerNode> layers, List<Group> groups) {

  /**
   * One layer.
   *
   * @param name its path
   * @param channels outputs before
   * @param kept outputs after
   */
  public record LayerNode(String name, int channels, int kept) {}

  /**
   * Channels that go together.
   *
   * @param channels before
   * @param kept after
   * @param writers layers, by their place in the list, that write them
   * @param readers layers that read them
   * @param reason why all stay; empty if they may go
   */
  public record Group(
      int channels, int kept, List<Integer> writers, List<Integer> readers, String reason) {

    /** Copies the lists. */
    public Group {
      writers = List.copyOf(writers);
      readers = List.copyOf(readers);
    }

    /** Returns the first layer that the group touches. */
    int first() {
      return all().mapToInt(Integer::intValue).min().orElseThrow();
    }

    /** Returns the last layer that the group touches. */
    int last() {
      return all().mapToInt(Integer::intValue).max().orElseThrow();
    }

    private Stream<Integer> all() {
      return Stream.concat(writers.stream(), readers.stream());
    }
  }

  /** Returns the name of the first layer that writes a group's channels, or else reads them. */
  String nameOf(Group group) {
    return names(group.writers().isEmpty() ? group.readers() : group.writers()).get(0);
  }

  /** Returns the names of layers by their places. */
  List<String> names(List<Integer> places) {
    return places.stream().map(place -> layers.get(place).name()).toList();
  }

  /** Copies the lists; every group touches a layer that there is. */
  public GroupGraph {
    layers = List.copyOf(layers);
    groups = List.copyOf(groups);
    for (Group group : groups) {
      if (group.first() < 0 || group.last() >= layers.size()) {
        throw new IllegalArgumentException("a group touches a layer that is not listed: " + group);
      }
    }
  }
}
