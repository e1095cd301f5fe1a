package org.espalier.pruning.djl.evidence;

import ai.djl.nn.Block;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * All blocks of a network, also those that a block keeps in a field without naming them as children
 * (the dropouts of DJL's transformer encoder).
 */
final class BlockTree {

  private BlockTree() {}

  /** Returns every block once, the network itself first. */
  static List<Block> blocks(Block network) {
    Set<Block> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Block> found = new ArrayList<>();
    Deque<Block> open = new ArrayDeque<>(List.of(network));
    while (!open.isEmpty()) {
      Block block = open.remove();
      if (seen.add(block)) {
        found.add(block);
        open.addAll(block.getChildren().values());
        open.addAll(fields(block));
      }
    }
    return found;
  }

  private static List<Block> fields(Block block) {
    List<Block> found = new ArrayList<>();
    for (Class<?> type = block.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Block.class.isAssignableFrom(field.getType())
            && read(field, block) instanceof Block b) {
          found.add(b);
        }
      }
    }
    return found;
  }

  /** A field of a module that is closed to us is left out: what is a child was found as such. */
  private static Object read(Field field, Block block) {
    try {
      field.setAccessible(true);
      return field.get(block);
    } catch (IllegalAccessException | InaccessibleObjectException | SecurityException e) {
      return null;
    }
  }
}
