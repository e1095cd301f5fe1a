package org.espalier.pruning.rewind;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Map;
import org.espalier.pruning.djl.checkpoint.EpochData;

/**
 * A training that can be done again and again, always the same: what network, on what data, how
 * long, how judged. It prunes nothing itself and keeps nothing from one training to the next.
 */
public interface TrainingTask {

  /**
   * Returns everything that decides a result and that no other method shows: network, optimizer,
   * data set and batch size. Stages that were done with another description are refused.
   */
  Map<String, String> description();

  /** Returns a new model whose block is not initialized; the caller closes it. */
  Model newModel();

  /** Returns the shape that initializes the network. */
  Shape inputShape();

  /**
   * Returns a new configuration with a new optimizer: optimizers keep what they have seen.
   *
   * @param learningRate the rate that the optimizer must go by: {@link #learningRate()}, or that of
   *     fine-tuning
   */
  DefaultTrainingConfig newConfig(Tracker learningRate);

  /** Returns the learning rate by the number of the update, the first being 1. */
  Tracker learningRate();

  /** Returns how many epochs a whole training has, at least 1. */
  int epochs();

  /** Returns the optimizer steps of an epoch, at least 1. */
  int stepsPerEpoch();

  /** Returns the batches of every epoch, which are the same whenever they are asked for. */
  EpochData data();

  /**
   * Judges a model as it stands, without changing it.
   *
   * @return accuracy, or what stands for it: more is better
   */
  double evaluate(Model model) throws IOException, TranslateException;
}
