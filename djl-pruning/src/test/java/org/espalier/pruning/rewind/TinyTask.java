package org.espalier.pruning.rewind;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.espalier.pruning.djl.checkpoint.EpochData;

/**
 * Two epochs of four batches of noise for 8 inputs, linear 20x8, batch norm, dropout, linear 3x20,
 * with momentum and a rate that falls at every update. It writes down what it was asked for.
 */
class TinyTask implements TrainingTask {

  static final int STEPS_PER_EPOCH = 4;
  static final int EPOCHS = 2;
  static final int CLASSES = 3;
  static final String FIRST = "01Linear_weight";
  static final String LAST = "05Linear_weight";

  /** Batches that were handed out, as epoch and number in the epoch: 4 e + b. */
  final List<Integer> batches = new ArrayList<>();

  /** Numbers of the updates for which rates were asked. */
  final List<Integer> updates = new ArrayList<>();

  /** All parameters at every judgement, by path. */
  final List<Map<String, float[]>> judged = new ArrayList<>();

  final List<Model> models = new ArrayList<>();
  final List<Optimizer> optimizers = new ArrayList<>();

  /** The batch, counted over all trainings, that fails. */
  int failsAt = Integer.MAX_VALUE;

  String note = "noise";
  boolean adam;

  @Override
  public Map<String, String> description() {
    return Map.of("data", note);
  }

  @Override
  public Model newModel() {
    Model model = Model.newInstance("tiny");
    model.setBlock(
        new SequentialBlock()
            .add(Linear.builder().setUnits(20).build())
            .add(BatchNorm.builder().build())
            .add(Activation.reluBlock())
            .add(Dropout.builder().optRate(0.3f).build())
            .add(Linear.builder().setUnits(CLASSES).build()));
    models.add(model);
    return model;
  }

  @Override
  public Shape inputShape() {
    return new Shape(1, 8);
  }

  @Override
  public DefaultTrainingConfig newConfig(Tracker learningRate) {
    Tracker written =
        update -> {
          updates.add(update);
          return learningRate.getNewValue(update);
        };
    Optimizer optimizer =
        adam
            ? Optimizer.adam().optLearningRateTracker(written).build()
            : Optimizer.sgd().setLearningRateTracker(written).optMomentum(0.9f).build();
    optimizers.add(optimizer);
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer);
  }

  @Override
  public Tracker learningRate() {
    return update -> 0.2f / update;
  }

  @Override
  public int epochs() {
    return EPOCHS;
  }

  @Override
  public int stepsPerEpoch() {
    return STEPS_PER_EPOCH;
  }

  @Override
  public EpochData data() {
    return (epoch, skip, manager) ->
        () ->
            LongStream.range(skip, STEPS_PER_EPOCH)
                .mapToObj(b -> batch(manager, (int) (STEPS_PER_EPOCH * epoch + b)))
                .iterator();
  }

  private Batch batch(NDManager parent, int number) {
    if (batches.size() == failsAt) {
      throw new IllegalStateException("killed");
    }
    batches.add(number);
    SplittableRandom random = new SplittableRandom(number);
    float[] inputs = new float[6 * 8];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextDouble(-1, 1);
    }
    float[] labels = new float[6];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    NDManager manager = parent.newSubManager();
    return new Batch(
        manager,
        new NDList(manager.create(inputs, new Shape(6, 8))),
        new NDList(manager.create(labels)),
        6,
        Batchifier.STACK,
        Batchifier.STACK,
        number % STEPS_PER_EPOCH,
        STEPS_PER_EPOCH);
  }

  /** The sum of all parameters stands for an accuracy: it shows every change. */
  @Override
  public double evaluate(Model model) {
    Map<String, float[]> values = new TreeMap<>();
    double sum = 0;
    for (Pair<String, ai.djl.nn.Parameter> pair : model.getBlock().getParameters()) {
      float[] floats = pair.getValue().getArray().toFloatArray();
      values.put(pair.getKey(), floats);
      for (float value : floats) {
        sum += value;
      }
    }
    judged.add(values);
    return sum;
  }
}
