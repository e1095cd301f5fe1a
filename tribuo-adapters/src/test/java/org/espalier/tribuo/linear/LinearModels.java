package org.espalier.tribuo.linear;

import org.espalier.tribuo.PruningOptimiser;
import org.tribuo.Trainer;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.sgd.objectives.BinaryCrossEntropy;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Trainers of pruned linear models, of which one weight in five lives. */
final class LinearModels {

  private LinearModels() {}

  /** All 240 and more steps of the tests' data are after the first 60, and after the last 200. */
  static StochasticGradientOptimiser pruning() {
    return new PruningOptimiser(new AdaGrad(0.3), 0.8, 60, 200, 20);
  }

  static LinearSGDTrainer labels() {
    return new LinearSGDTrainer(new LogMulticlass(), pruning(), 4, 1000, 4, 42);
  }

  static Trainer<Regressor> numbers() {
    return new org.tribuo.regression.sgd.linear.LinearSGDTrainer(
        new SquaredLoss(), pruning(), 4, 1000, 4, 42L);
  }

  static Trainer<MultiLabel> sets() {
    return new org.tribuo.multilabel.sgd.linear.LinearSGDTrainer(
        new BinaryCrossEntropy(), pruning(), 4, 1000, 4, 42L);
  }
}
