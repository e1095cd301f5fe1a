package org.espalier.pruning.djl.evidence;

import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.recurrent.RecurrentBlock;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.espalier.sparse.EspalierException;

/**
 * Dropout rates of a network, set to 0 until closed. PyTorch's dropout with rate 0 returns its
 * input and draws no random number, and DJL shows the state of the engine's generator to nobody, so
 * that it could not be put back. DJL has no setter for the rates (0.35.1), hence the reflection.
 */
final class DropoutRates implements AutoCloseable {

  private record Rate(Block block, Field field, float value) {}

  private final Deque<Rate> changed = new ArrayDeque<>();

  /** Sets the rates of all dropout and recurrent blocks to 0. */
  DropoutRates(List<Block> blocks) {
    try {
      for (Block block : blocks) {
        if (block instanceof Dropout) {
          silence(block, Dropout.class, "rate");
        } else if (block instanceof RecurrentBlock) {
          silence(block, RecurrentBlock.class, "dropRate");
        }
      }
    } catch (ReflectiveOperationException | InaccessibleObjectException | SecurityException e) {
      close();
      throw new EspalierException(
          "evidence",
          "dropout blocks with a rate that can be set, as in DJL 0.35.1",
          e.toString(),
          "measure a network without dropout, or choose a criterion that needs no gradients",
          e);
    }
  }

  private void silence(Block block, Class<?> type, String name)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    float rate = field.getFloat(block);
    if (rate != 0f) {
      changed.push(new Rate(block, field, rate));
      field.setFloat(block, 0f);
    }
  }

  @Override
  public void close() {
    while (!changed.isEmpty()) {
      Rate rate = changed.pop();
      try {
        rate.field().setFloat(rate.block(), rate.value());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("the field was set a moment ago", e);
      }
    }
  }
}
