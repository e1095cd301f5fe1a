package org.espalier.experiments.tribuo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.espalier.tribuo.PruningOptimiser;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.common.xgboost.XGBoostTrainer.BoosterType;
import org.tribuo.common.xgboost.XGBoostTrainer.LoggingVerbosity;
import org.tribuo.common.xgboost.XGBoostTrainer.TreeMethod;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.sgd.objectives.SquaredLoss;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer.RegressionType;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.LinearScalingTransformation;

/**
 * Tribuo's own models: a linear one, the same pruned, gradient boosted trees and a random forest,
 * each on one thread.
 *
 * @param forest whether there is one; on much data it takes long
 * @param epochs of the linear models
 * @param steps of an epoch of the linear models
 * @param features of an example, of which a split of a forest's tree sees the square root
 */
record Baselines(boolean forest, int epochs, int steps, int features) {

  /** Examples of a step of the linear models. */
  static final int BATCH = 16;

  private static final int FOREST_TREES = 50;

  /** Examples that a leaf of a forest's tree has at least. */
  private static final float LEAF = 5;

  /** First rates of AdaGrad. */
  private static final double CLASSIFIER_RATE = 0.1;

  private static final double REGRESSOR_RATE = 1;

  /** Trees of the boosted ensemble, per class. */
  private static final int BOOSTED_TREES = 100;

  /** Settings for a training set. */
  static Baselines of(boolean forest, int epochs, int examples, int features) {
    return new Baselines(forest, epochs, (examples - 1) / BATCH + 1, features);
  }

  /** Returns those that classify. */
  List<Contestant<Label>> classifiers() {
    return contestants(
        CLASSIFIER_RATE,
        (optimiser, seed) ->
            new org.tribuo.classification.sgd.linear.LinearSGDTrainer(
                new LogMulticlass(), optimiser, epochs, Integer.MAX_VALUE, BATCH, seed),
        seed ->
            new XGBoostClassificationTrainer(
                BoosterType.GBTREE,
                TreeMethod.HIST,
                BOOSTED_TREES,
                0.3,
                0,
                6,
                1,
                1,
                1,
                1,
                0,
                1,
                LoggingVerbosity.SILENT,
                seed),
        seed ->
            new RandomForestTrainer<>(
                new CARTClassificationTrainer(
                    Integer.MAX_VALUE, LEAF, 0, fraction(), false, new GiniIndex(), seed),
                new VotingCombiner(),
                FOREST_TREES,
                seed));
  }

  /** Returns those that predict numbers. */
  List<Contestant<Regressor>> regressors() {
    return contestants(
        REGRESSOR_RATE,
        (optimiser, seed) ->
            new org.tribuo.regression.sgd.linear.LinearSGDTrainer(
                new SquaredLoss(), optimiser, epochs, Integer.MAX_VALUE, BATCH, seed),
        seed ->
            new XGBoostRegressionTrainer(
                BoosterType.GBTREE,
                TreeMethod.HIST,
                RegressionType.LINEAR,
                BOOSTED_TREES,
                0.3,
                0,
                6,
                1,
                1,
                1,
                1,
                0,
                1,
                LoggingVerbosity.SILENT,
                seed),
        seed ->
            new RandomForestTrainer<>(
                new CARTRegressionTrainer(
                    Integer.MAX_VALUE, LEAF, 0, fraction(), false, new MeanSquaredError(), seed),
                new AveragingCombiner(),
                FOREST_TREES,
                seed));
  }

  private <T extends Output<T>> List<Contestant<T>> contestants(
      double rate,
      BiFunction<StochasticGradientOptimiser, Long, Trainer<T>> linear,
      LongFunction<Trainer<T>> boosted,
      LongFunction<Trainer<T>> trees) {
    List<Contestant<T>> all = new ArrayList<>();
    all.add(
        new Contestant<>(
            "linear", "linear", true, seed -> scaled(linear.apply(new AdaGrad(rate), seed))));
    all.add(
        new Contestant<>(
            "linear-pruned",
            "linear, 90 % pruned",
            true,
            seed -> scaled(linear.apply(pruning(rate), seed))));
    // Without subsampling nothing is drawn.
    all.add(new Contestant<>("xgboost", "XGBoost", false, boosted));
    if (forest) {
      all.add(new Contestant<>("forest", "random forest", true, trees));
    }
    return all;
  }

  /** Gradual, from the end of the first epoch to three quarters of the training. */
  private PruningOptimiser pruning(double rate) {
    long end = (long) epochs * steps * 3 / 4;
    return new PruningOptimiser(
        new AdaGrad(rate), NetworkPlan.SPARSITY, steps, end, Math.max(1, (end - steps) / 30));
  }

  /** Features to [0, 1], absent ones counted as 0, as Tribuo's own transformations do it. */
  private static <T extends Output<T>> Trainer<T> scaled(Trainer<T> trainer) {
    TransformationMap scaling =
        new TransformationMap(List.of(new LinearScalingTransformation(0, 1)));
    return new TransformTrainer<>(trainer, scaling, false, true);
  }

  private float fraction() {
    return (float) (1 / Math.sqrt(features));
  }
}
