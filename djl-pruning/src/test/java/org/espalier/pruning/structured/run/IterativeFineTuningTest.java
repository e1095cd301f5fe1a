package org.espalier.pruning.structured.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.criterion.ChannelCriterion;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.target.Target;
import org.junit.jupiter.api.Test;

/** A network that tells inside from outside of a ring, pruned in steps with training between. */
class IterativeFineTuningTest {

  private static final int EXAMPLES = 256;
  private static final Shape INPUT = new Shape(1, 2);

  private static NDArray points(NDManager manager) {
    SplittableRandom random = new SplittableRandom(2);
    float[] values = new float[2 * EXAMPLES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return manager.create(values, new Shape(EXAMPLES, 2));
  }

  private static NDArray labels(NDManager manager, NDArray points) {
    float[] values = points.toFloatArray();
    float[] labels = new float[EXAMPLES];
    for (int i = 0; i < labels.length; i++) {
      float x = values[2 * i];
      float y = values[2 * i + 1];
      labels[i] = x * x + y * y < 0.6 ? 1 : 0;
    }
    return manager.create(labels);
  }

  private static DefaultTrainingConfig config() {
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.02f)).build());
  }

  private static double accuracy(Block block, NDArray points, float[] labels) {
    ParameterStore store = new ParameterStore(points.getManager(), false);
    NDArray output = block.forward(store, new NDList(points), false).singletonOrThrow();
    long[] found = output.argMax(1).toLongArray();
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += found[i] == (long) labels[i] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  @Test
  void reachesItsTargetAndLearnsAgain() {
    Engine.getInstance().setRandomSeed(3);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray points = points(manager);
      NDArray labels = labels(manager, points);
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(points)
              .optLabels(labels)
              .setSampling(32, false)
              .build();
      Block block =
          new SequentialBlock()
              .add(Linear.builder().setUnits(32).build())
              .add(BatchNorm.builder().build())
              .add(Activation.reluBlock())
              .add(Linear.builder().setUnits(24).build())
              .add(Activation.reluBlock())
              .add(Linear.builder().setUnits(2).build());
      block.initialize(manager, DataType.FLOAT32, INPUT);
      new TrainerFineTuning(IterativeFineTuningTest::config, data, 20).tune(block, 0);
      double dense = accuracy(block, points, labels.toFloatArray());
      assertTrue(dense > 0.9, "dense " + dense);
      double[] untuned = new double[3];
      FineTuning training = new TrainerFineTuning(IterativeFineTuningTest::config, data, 10);
      ChannelEvidence evidence =
          ChannelEvidence.of(
              Loss.softmaxCrossEntropyLoss(),
              List.of(new Sample(new NDList(points), new NDList(labels))));
      StructuredRecipe recipe =
          StructuredRecipe.of(Target.flops(0.9)).with(ChannelCriterion.parse("taylor")).inSteps(3);
      PrunedNetwork pruned =
          StructuredPruning.by(recipe)
              .withEvidence(evidence)
              .withFineTuning(
                  (small, step) -> {
                    untuned[step - 1] = accuracy(small, points, labels.toFloatArray());
                    training.tune(small, step);
                  })
              .prune(block, INPUT);
      assertEquals(3, pruned.steps().size());
      assertTrue(10 * pruned.after().flops() <= pruned.before().flops());
      double tuned = accuracy(pruned.block(), points, labels.toFloatArray());
      assertTrue(tuned > untuned[2] + 0.01, tuned + " after " + untuned[2]);
      assertTrue(tuned > 0.9, "pruned " + tuned);
      assertEquals(dense, accuracy(block, points, labels.toFloatArray()));
      pruned.block().clear();
    }
  }
}
