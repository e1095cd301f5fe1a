package org.espalier.pruning.djl.capture;

import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Where a block stands. Blocks compare by identity, so the same block added twice has two places.
 *
 * @param parent null above the network itself
 * @param index among the parent's children
 * @param block what stands there
 */
record Place(Block parent, int index, Block block) {

  /** Returns every place of a network, depth first; the first is the network's own. */
  static List<Place> all(Block network) {
    List<Place> places = new ArrayList<>();
    places.add(new Place(null, 0, network));
    addChildren(network, places, Collections.newSetFromMap(new IdentityHashMap<>()));
    return places;
  }

  private static void addChildren(Block parent, List<Place> places, Set<Block> seen) {
    if (!seen.add(parent)) {
      return;
    }
    List<Block> children = parent.getChildren().values();
    for (int i = 0; i < children.size(); i++) {
      places.add(new Place(parent, i, children.get(i)));
      addChildren(children.get(i), places, seen);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place place && parent == place.parent && index == place.index;
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(parent) + index;
  }
}
