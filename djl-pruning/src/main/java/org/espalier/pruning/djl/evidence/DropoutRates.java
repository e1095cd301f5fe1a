package org.espalier.pruning.djl.evidence;

import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.espalier.pruning.djl.network.Internals;

/**
 * Dropout rates of a network, set to 0 until closed. PyTorch's dropout with rate 0 returns its
 * input and draws no random number, and DJL shows the state of the engine's generator to nobody, so
 * that it could not be put back.
 */
final class DropoutRates implements AutoCloseable {

  private final Deque<Runnable> undo = new ArrayDeque<>();

  /** Sets the rates of all dropout and recurrent blocks to 0. */
  DropoutRates(List<Block> blocks) {
    try {
      for (Block block : blocks) {
        if (block instanceof Dropout) {
          silence(Internals.dropoutRate(), block);
        } else if (block instanceof RecurrentBlock) {
          silence(Internals.recurrentDropRate(), block);
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void silence(Field rate, Block block) {
    Object before = Internals.get(rate, block);
    if (!before.equals(0f)) {
      Internals.set(rate, block, 0f);
      undo.push(() -> Internals.set(rate, block, before));
    }
  }

  @Override
  public void close() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
