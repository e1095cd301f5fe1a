package org.espalier.examples.model;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import java.util.function.UnaryOperator;
import org.espalier.examples.data.ImageDataset;

/**
 * Measures a model as it stands, in inference mode: no listener fires, no accumulator moves, and
 * every array is freed.
 */
public final class Evaluation {

  private Evaluation() {}

  /**
   * Returns the fraction of images whose largest logit is that of their label (of equal logits the
   * first counts).
   *
   * @param model initialized; its block takes (batch, channels, height, width) and returns (batch,
   *     classes)
   * @return in [0, 1]; NaN logits count as wrong
   */
  public static double accuracy(Model model, ImageDataset images) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      ParameterStore parameters = new ParameterStore(manager, false);
      return accuracy(manager, images, data -> model.getBlock().forward(parameters, data, false));
    }
  }

  /**
   * Returns the same of a network in training, as its trainer evaluates it: with what forward rules
   * make of the weights.
   *
   * @param trainer initialized; no listener hears of it
   * @return in [0, 1]; NaN logits count as wrong
   */
  public static double accuracy(Trainer trainer, ImageDataset images) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      return accuracy(manager, images, trainer::evaluate);
    }
  }

  private static double accuracy(
      NDManager manager, ImageDataset images, UnaryOperator<NDList> network) {
    long correct = 0;
    long seen = 0;
    for (Batch batch : images.getData(manager)) {
      try (batch) {
        NDList logits = network.apply(batch.getData());
        logits.attach(batch.getManager());
        correct += correct(logits.singletonOrThrow(), batch.getLabels().head());
        seen += batch.getSize();
      }
    }
    return (double) correct / seen;
  }

  /** Counts on the host: the logits are few, and an exact tie rule is worth having. */
  private static long correct(NDArray logits, NDArray labels) {
    float[] values = logits.toFloatArray();
    long[] expected = labels.toLongArray();
    int classes = values.length / expected.length;
    long correct = 0;
    for (int i = 0; i < expected.length; i++) {
      float best = Float.NEGATIVE_INFINITY;
      int bestClass = -1;
      for (int c = 0; c < classes; c++) {
        float logit = values[i * classes + c];
        if (logit > best) {
          best = logit;
          bestClass = c;
        }
      }
      if (bestClass == expected[i]) {
        correct++;
      }
    }
    return correct;
  }
}
