package org.espalier.pruning.djl.capture;

import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sets the rates of a network's dropout to 0 for a while: the engine then draws no random numbers,
 * and a measurement in training mode leaves its random state alone.
 */
final class DropoutOff {

  private final Deque<Runnable> undo = new ArrayDeque<>();

  private DropoutOff() {}

  /** Runs something with dropout off, and puts the rates back. */
  static void during(Block network, Runnable measurement) {
    DropoutOff rates = new DropoutOff();
    try {
      Place.all(network).forEach(place -> rates.turnOffAround(place.block()));
      measurement.run();
    } finally {
      rates.restore();
    }
  }

  private void turnOffAround(Block block) {
    turnOff(block);
    // Transformers keep some in fields only.
    for (Field field : Internals.fields(block)) {
      if (Dropout.class.isAssignableFrom(field.getType())) {
        turnOff((Block) Internals.get(field, block));
      }
    }
  }

  private void turnOff(Block block) {
    if (block instanceof Dropout) {
      zero(Internals.dropoutRate(), block);
    } else if (block instanceof RecurrentBlock) {
      zero(Internals.recurrentDropRate(), block);
    }
  }

  private void zero(Field rate, Block block) {
    Object before = Internals.get(rate, block);
    Internals.set(rate, block, 0f);
    undo.push(() -> Internals.set(rate, block, before));
  }

  private void restore() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
