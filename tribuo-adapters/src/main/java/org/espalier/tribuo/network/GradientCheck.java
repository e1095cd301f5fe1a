package org.espalier.tribuo.network;

import ai.djl.training.Trainer;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;

/**
 * DJL's trainer (0.35.1) refuses its first step if the sum of all gradients is exactly 0, taking it
 * for a forgotten backward pass. The gradients of a softmax sum to 0 over the labels: a network of
 * one layer is refused by chance.
 */
final class GradientCheck {

  private GradientCheck() {}

  /** Takes the check for done; where its mark cannot be reached, it stays. */
  static void skip(Trainer trainer) {
    try {
      Field done = Trainer.class.getDeclaredField("gradientsChecked");
      done.setAccessible(true);
      done.setBoolean(trainer, true);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      // Another DJL: its check says what it finds.
    }
  }
}
