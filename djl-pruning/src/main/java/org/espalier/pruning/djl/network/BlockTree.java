package org.espalier.pruning.djl.network;

import ai.djl.nn.Block;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.espalier.sparse.EspalierException;

/**
 * All blocks of a network, also those that a block keeps in a field or in a list without naming
 * them as children (the dropouts of DJL's transformer encoder).
 */
public final class BlockTree {

  private BlockTree() {}

  /** Returns every block once, the network itself first. */
  public static List<Block> blocks(Block network) {
    Set<Block> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Block> found = new ArrayList<>();
    Deque<Block> open = new ArrayDeque<>(List.of(network));
    while (!open.isEmpty()) {
      Block block = open.remove();
      if (seen.add(block)) {
        found.add(block);
        open.addAll(block.getChildren().values());
        for (Field field : Internals.fields(block)) {
          addBlocks(read(field, block), open);
        }
      }
    }
    return found;
  }

  private static void addBlocks(Object value, Deque<Block> open) {
    if (value instanceof Block block) {
      open.add(block);
    } else if (value instanceof Collection<?> items) {
      items.stream().filter(Block.class::isInstance).map(Block.class::cast).forEach(open::add);
    }
  }

  /** A field of a module that is closed to us is left out: what is a child was found as such. */
  private static Object read(Field field, Block block) {
    try {
      return Internals.get(field, block);
    } catch (EspalierException closed) {
      return null;
    }
  }
}
