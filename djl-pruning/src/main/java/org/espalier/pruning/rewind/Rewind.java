package org.espalier.pruning.rewind;

import ai.djl.training.tracker.Tracker;
import org.espalier.sparse.InvalidInputException;

/**
 * How training goes on after weights were pruned: from which weights, with which learning rate,
 * from where in the data. All of them train under the same masks, but for {@link RandomMask}.
 */
public sealed interface Rewind {

  /** Returns a name for stages and tables: words, joined by hyphens. */
  String label();

  /** Returns the step from which schedule and data order are gone through again, at least 0. */
  long step();

  /**
   * Returns the learning rate by the number of the update.
   *
   * @param original that of the task
   */
  default Tracker learningRate(Tracker original) {
    return original;
  }

  /**
   * Everything is as it was after some steps of the dense training, bit for bit: weights, batch
   * norm's statistics, the optimizer's state, learning rate, data order. Step 0 makes a lottery
   * ticket, a later one is late rewinding.
   *
   * <p>Source: J. Frankle, M. Carbin, "The Lottery Ticket Hypothesis", ICLR 2019, section 2; J.
   * Frankle, G. Dziugaite, D. Roy, M. Carbin, "Linear Mode Connectivity and the Lottery Ticket
   * Hypothesis", ICML 2020, section 4 (from .1 to 7 % of training).
   *
   * @param step of the dense training, at least 0
   */
  record Weights(long step) implements Rewind {

    /** Refuses a negative step. */
    public Weights {
      requireStep(step);
    }

    @Override
    public String label() {
      return "weights-" + step;
    }
  }

  /**
   * Trained weights stay, with batch norm's statistics and the optimizer's moments; learning rate
   * and data order are those from some step of the dense training on.
   *
   * <p>Source: A. Renda, J. Frankle, M. Carbin, "Comparing Rewinding and Fine-tuning in Neural
   * Network Pruning", ICLR 2020, section 3. That moments stay, and only the update counts that
   * schedules go by are set back, is a choice of this project.
   *
   * @param step of the dense training, at least 0
   */
  record LearningRate(long step) implements Rewind {

    /** Refuses a negative step. */
    public LearningRate {
      requireStep(step);
    }

    @Override
    public String label() {
      return "rate-" + step;
    }
  }

  /**
   * Trained weights stay and are trained on with a fresh optimizer and a small, fixed rate.
   *
   * <p>Source: S. Han et al., "Learning both Weights and Connections for Efficient Neural
   * Networks", NIPS 2015, section 3.3: 1 / 10 to 1 / 100 of the original rate.
   *
   * @param step from which data order is gone through again, at least 0; so that it takes as many
   *     steps as other ways from there
   * @param share of the rate of the dense training's first update, in [0.01, 0.1]
   */
  record FineTune(long step, double share) implements Rewind {

    /** Refuses a negative step and a share that does not fine-tune. */
    public FineTune {
      requireStep(step);
      if (!(share >= 0.01 && share <= 0.1)) {
        throw new InvalidInputException(
            "share",
            "1 to 10 % of the original learning rate, 0.01 to 0.1",
            Double.toString(share),
            "choose one in between, or rewind the learning rate instead");
      }
    }

    @Override
    public String label() {
      return "fine-tune-" + step;
    }

    @Override
    public Tracker learningRate(Tracker original) {
      return Tracker.fixed((float) (share * original.getNewValue(1)));
    }
  }

  /**
   * The first control: new initial weights, the same masks, a whole training. What a ticket has
   * above it is due to its initial weights.
   *
   * <p>Source: J. Frankle, M. Carbin, "The Lottery Ticket Hypothesis", ICLR 2019, section 2; Z. Liu
   * et al., "Rethinking the Value of Network Pruning", ICLR 2019.
   *
   * @param seed of the new weights, another than the run's
   */
  record RandomWeights(long seed) implements Rewind {

    @Override
    public String label() {
      return "random-weights";
    }

    @Override
    public long step() {
      return 0;
    }
  }

  /**
   * The second control: the initial weights, but every mask permuted within its tensor, a whole
   * training. What a ticket has above it is due to which weights were kept.
   *
   * <p>Source: J. Frankle, M. Carbin, "The Lottery Ticket Hypothesis", ICLR 2019, section 2; the
   * permutation is {@link org.espalier.pruning.core.MaskShuffle}.
   *
   * @param seed of the permutation
   */
  record RandomMask(long seed) implements Rewind {

    @Override
    public String label() {
      return "random-mask";
    }

    @Override
    public long step() {
      return 0;
    }
  }

  private static void requireStep(long step) {
    if (step < 0) {
      throw new InvalidInputException(
          "step", "a step of the dense training", Long.toString(step), "0 is its begin");
    }
  }
}
