package org.espalier.pruning.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;
import ai.djl.util.Progress;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.Recipe;
import org.espalier.sparse.mask.Mask;

/** A network of two layers, a few batches of noise, and the optimizers that work on PyTorch. */
final class TinyTraining {

  static final int BATCHES = 5;
  static final int CLASSES = 3;

  enum OptimizerKind {
    SGD {
      @Override
      Optimizer create() {
        return Optimizer.sgd()
            .setLearningRateTracker(Tracker.fixed(0.05f))
            .optMomentum(0.9f)
            .optWeightDecays(0.01f)
            .build();
      }
    },
    ADAM {
      @Override
      Optimizer create() {
        return Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed(0.01f))
            .optWeightDecays(0.01f)
            .build();
      }
    },
    ADAMW {
      @Override
      Optimizer create() {
        return Optimizer.adamW()
            .optLearningRateTracker(Tracker.fixed(0.01f))
            .optWeightDecays(0.01f)
            .build();
      }
    };

    abstract Optimizer create();
  }

  private TinyTraining() {}

  /** 1x6x6 input; convolution 4x1x3x3, batch norm, linear 10x64, linear 3x10. */
  static SequentialBlock network() {
    return new SequentialBlock()
        .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(10).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  static Shape inputShape() {
    return new Shape(4, 1, 6, 6);
  }

  static Model model() {
    Model model = Model.newInstance("tiny");
    model.setBlock(network());
    return model;
  }

  static DefaultTrainingConfig config(OptimizerKind kind) {
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(kind.create());
  }

  /** The two forms of pruning: the decorated configuration, or the plain listener. */
  static TrainingConfig config(OptimizerKind kind, Recipe recipe, boolean attached) {
    DefaultTrainingConfig config = config(kind);
    if (attached) {
      return Pruning.attach(config, recipe);
    }
    return config.addTrainingListeners(new PruningListener(recipe));
  }

  /** The two forms with everything that can be chosen. */
  static TrainingConfig config(
      DefaultTrainingConfig config,
      Recipe recipe,
      boolean attached,
      EvidenceSetup evidence,
      TrainingHooks hooks) {
    if (attached) {
      return new AttachedConfig(config, recipe, PruningState.EMPTY, hooks, evidence);
    }
    return config.addTrainingListeners(new DelegatingListener(recipe, evidence, hooks));
  }

  /** One training step, of which training listeners are told. */
  static void step(Trainer trainer, long seed) {
    step(trainer, seed, inputShape());
  }

  /** A step on a batch of another shape. */
  static void step(Trainer trainer, long seed, Shape shape) {
    try (Batch batch = batch(trainer.getManager(), seed, shape, () -> {})) {
      EasyTrain.trainBatch(trainer, batch);
      trainer.step();
    }
  }

  /** Forward and backward in a hand-written loop, of which listeners hear nothing. */
  static void backward(Trainer trainer, long seed) {
    try (Batch batch = batch(trainer.getManager(), seed);
        GradientCollector collector = trainer.newGradientCollector()) {
      collector.backward(
          trainer.getLoss().evaluate(batch.getLabels(), trainer.forward(batch.getData())));
    }
  }

  /** Reads the gradients of all parameters that are trained, by path. */
  static TreeMap<String, float[]> gradients(Block block) {
    TreeMap<String, float[]> gradients = new TreeMap<>();
    block
        .getParameters()
        .forEach(
            pair -> {
              if (pair.getValue().requiresGradient()) {
                try (NDArray gradient = pair.getValue().getArray().getGradient()) {
                  gradients.put(pair.getKey(), gradient.toFloatArray());
                }
              }
            });
    return gradients;
  }

  /** Reads all parameters, by path. */
  static TreeMap<String, float[]> parameters(Block block) {
    TreeMap<String, float[]> values = new TreeMap<>();
    block
        .getParameters()
        .forEach(pair -> values.put(pair.getKey(), pair.getValue().getArray().toFloatArray()));
    return values;
  }

  static Batch batch(NDManager parent, long seed) {
    return batch(parent, seed, () -> {});
  }

  /** Makes a batch; {@code EasyTrain.fit} closes it right after the optimizer step. */
  static Batch batch(NDManager parent, long seed, Runnable onClose) {
    return batch(parent, seed, inputShape(), onClose);
  }

  private static Batch batch(NDManager parent, long seed, Shape shape, Runnable onClose) {
    SplittableRandom random = new SplittableRandom(seed);
    NDManager manager = parent.newSubManager();
    float[] pixels = new float[(int) shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble(-1, 1);
    }
    NDArray data = manager.create(pixels, shape);
    float[] labels = new float[(int) shape.get(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    NDArray label = manager.create(labels);
    return new Batch(
        manager,
        new NDList(data),
        new NDList(label),
        (int) shape.get(0),
        Batchifier.STACK,
        Batchifier.STACK,
        0,
        BATCHES) {
      @Override
      public void close() {
        onClose.run();
        super.close();
      }
    };
  }

  static Dataset dataset(Runnable afterStep) {
    return new Dataset() {
      @Override
      public Iterable<Batch> getData(NDManager manager) {
        return () -> {
          Iterator<Integer> seeds = IntStream.range(0, BATCHES).iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return seeds.hasNext();
            }

            @Override
            public Batch next() {
              return batch(manager, seeds.next(), afterStep);
            }
          };
        };
      }

      @Override
      public void prepare(Progress progress) {}
    };
  }

  /** Reads all parameters of rank 2 and more, by path. */
  static TreeMap<String, float[]> weights(Block block) {
    TreeMap<String, float[]> weights = new TreeMap<>();
    block
        .getParameters()
        .forEach(
            pair -> {
              Parameter parameter = pair.getValue();
              if (parameter.getArray().getShape().dimension() >= 2) {
                weights.put(pair.getKey(), parameter.getArray().toFloatArray());
              }
            });
    return weights;
  }

  static int nonZeros(float[] values) {
    int count = 0;
    for (float value : values) {
      if (value != 0f) {
        count++;
      }
    }
    return count;
  }

  /** Whether every pruned weight is +0, bit for bit. */
  static boolean holds(Mask mask, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!mask.isKept(i) && Float.floatToRawIntBits(values[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
