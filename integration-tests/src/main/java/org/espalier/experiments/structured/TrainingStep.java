package org.espalier.experiments.structured;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataDesc;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;

/** One step of training on two random examples. */
final class TrainingStep {

  private TrainingStep() {}

  /** Returns whether the loss was a number and the step changed the parameters' sum. */
  static boolean works(Block block, List<DataDesc> inputs) {
    try (Model model = Model.newInstance("step")) {
      model.setBlock(block);
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .optDevices(Engine.getInstance().getDevices(1))
              .optOptimizer(Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.01f)).build());
      try (Trainer trainer = model.newTrainer(config);
          NDManager manager = trainer.getManager().newSubManager()) {
        double before = sum(block);
        NDList data = Example.of(Example.withBatch(inputs, 2), manager);
        NDArray labels = manager.create(new float[] {0, 1});
        float loss;
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDList output = trainer.forward(data);
          NDArray value = trainer.getLoss().evaluate(new NDList(labels), output);
          collector.backward(value);
          loss = value.getFloat();
        }
        trainer.step();
        return Float.isFinite(loss) && sum(block) != before;
      }
    }
  }

  private static double sum(Block block) {
    return block.getParameters().values().stream()
        .mapToDouble(
            parameter -> {
              try (NDArray sum = parameter.getArray().stopGradient().sum()) {
                return sum.getFloat();
              }
            })
        .sum();
  }
}
