package org.espalier.pruning.djl.capture;

import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import org.espalier.pruning.djl.network.Internals;
import org.espalier.sparse.InvalidInputException;

/**
 * A network with taps in it, until it is closed. Where a parent also keeps the block in a field or
 * in a list of its own (attention does), the tap stands there, too.
 */
final class Wiring implements AutoCloseable {

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private Block network;

  private Wiring(Block network) {
    this.network = network;
  }

  /**
   * Puts taps in; all of them, or none if one does not fit.
   *
   * @param taps by place
   * @throws InvalidInputException if a field of a parent does not take a tap, naming its path
   */
  static Wiring of(Block network, Map<Place, Tap> taps, Map<Place, String> paths) {
    Wiring wiring = new Wiring(network);
    try {
      taps.forEach((place, tap) -> wiring.put(place, tap, paths.get(place)));
      return wiring;
    } catch (RuntimeException e) {
      wiring.close();
      throw e;
    }
  }

  /** Returns what to call: the network, or the tap in its place. */
  Block network() {
    return network;
  }

  private void put(Place place, Tap tap, String path) {
    Block block = tap.block();
    if (place.parent() == null) {
      network = block;
    } else if (place.parent() instanceof AbstractBlock parent) {
      List<Block> children = Internals.children(parent);
      children.set(place.index(), block);
      undo.push(() -> children.set(place.index(), tap.original()));
      for (Field field : Internals.fields(parent)) {
        Object value = Internals.get(field, parent);
        if (value == tap.original()) {
          requireType(field, block, path);
          Internals.set(field, parent, block);
          undo.push(() -> Internals.set(field, parent, tap.original()));
        } else if (value instanceof List<?> list) {
          putInList(list, tap, block, path);
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private void putInList(List<?> list, Tap tap, Block block, String path) {
    ListIterator<Object> items = ((List<Object>) list).listIterator();
    while (items.hasNext()) {
      int index = items.nextIndex();
      if (items.next() == tap.original()) {
        try {
          items.set(block);
        } catch (UnsupportedOperationException e) {
          throw refused(path, "an immutable list of blocks");
        }
        undo.push(() -> ((List<Object>) list).set(index, tap.original()));
      }
    }
  }

  private static void requireType(Field field, Block block, String path) {
    if (!field.getType().isInstance(block)) {
      throw refused(path, "field '" + field.getName() + "' of type " + field.getType().getName());
    }
  }

  private static InvalidInputException refused(String path, String found) {
    return new InvalidInputException(
        path,
        "a parent that keeps the layer in a field of type Block or Linear, to see its activations",
        found,
        "exclude it from the group, or choose a criterion that needs no activations");
  }

  /** Puts the originals back. */
  @Override
  public void close() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
