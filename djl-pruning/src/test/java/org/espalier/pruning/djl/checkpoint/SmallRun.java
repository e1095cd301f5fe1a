package org.espalier.pruning.djl.checkpoint;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;
import ai.djl.util.Progress;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.Pruning;
import org.espalier.pruning.djl.PruningListener;

/** A training of two epochs of four batches on noise, with batch norm and dropout. */
final class SmallRun implements AutoCloseable {

  static final int EPOCHS = 2;
  static final int BATCHES = 4;
  static final int CLASSES = 3;
  static final Shape INPUT = new Shape(4, 1, 6, 6);

  enum Kind {
    SGD,
    ADAM,
    ADAMW;

    Optimizer optimizer(float rate) {
      // A rate that changes at every update: counts have to go on, too.
      Tracker tracker = update -> rate / (1 + 0.1f * update);
      return switch (this) {
        case SGD ->
            Optimizer.sgd()
                .setLearningRateTracker(tracker)
                .optMomentum(0.9f)
                .optWeightDecays(0.01f)
                .build();
        case ADAM ->
            Optimizer.adam().optLearningRateTracker(tracker).optWeightDecays(0.01f).build();
        case ADAMW ->
            Optimizer.adamW().optLearningRateTracker(tracker).optWeightDecays(0.01f).build();
      };
    }
  }

  /**
   * What a run is made of.
   *
   * @param recipe empty text for a training without pruning
   * @param attached the decorated configuration instead of the plain listener
   */
  record Setup(Kind kind, String recipe, boolean attached) {}

  final Model model = Model.newInstance("small");
  final Optimizer optimizer;
  final Trainer trainer;

  SmallRun(Setup setup, int initSeed) {
    this(setup, initSeed, network(12), setup.kind().optimizer(0.05f), List.of());
  }

  /** A run whose events are noted. */
  SmallRun(Setup setup, int initSeed, List<String> events) {
    this(
        setup,
        initSeed,
        network(12),
        setup.kind().optimizer(0.05f),
        List.of(new EventListener(events)));
  }

  SmallRun(
      Setup setup,
      int initSeed,
      SequentialBlock network,
      Optimizer optimizer,
      List<TrainingListener> listeners) {
    this.optimizer = optimizer;
    model.setBlock(network);
    TrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer);
    config.getTrainingListeners().addAll(listeners);
    if (!setup.recipe().isEmpty()) {
      Recipe recipe = Recipe.parse(setup.recipe());
      if (setup.attached()) {
        config = Pruning.attach(config, recipe);
      } else {
        config.getTrainingListeners().add(new PruningListener(recipe));
      }
    }
    trainer = model.newTrainer(config);
    Engine.getInstance().setRandomSeed(initSeed);
    trainer.initialize(INPUT);
  }

  /** 1x6x6 input; convolution 4x1x3x3, batch norm, linear, dropout, linear 3. */
  static SequentialBlock network(int hidden) {
    return new SequentialBlock()
        .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(3, 3)).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(hidden).build())
        .add(Activation.reluBlock())
        .add(Dropout.builder().optRate(0.4f).build())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  ResumableTraining.Builder training() {
    return ResumableTraining.builder(trainer, data(7), EPOCHS)
        .optSeed(7)
        .optValidation(validation());
  }

  /** Batches of which each depends on seed, epoch and number alone. */
  static EpochData data(long seed) {
    return (epoch, skip, manager) -> batches(seed + 100 * epoch, skip, manager);
  }

  static Dataset validation() {
    return new Dataset() {
      @Override
      public Iterable<Batch> getData(NDManager manager) {
        return batches(1_000_000, BATCHES - 2, manager);
      }

      @Override
      public void prepare(Progress progress) {}
    };
  }

  /** The first epoch's batches, in every epoch. */
  static Dataset dataset() {
    return new Dataset() {
      @Override
      public Iterable<Batch> getData(NDManager manager) {
        return batches(7, 0, manager);
      }

      @Override
      public void prepare(Progress progress) {}
    };
  }

  private static Iterable<Batch> batches(long seed, long skip, NDManager manager) {
    return () -> {
      Iterator<Long> numbers = LongStream.range(skip, BATCHES).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return numbers.hasNext();
        }

        @Override
        public Batch next() {
          return batch(manager, seed + numbers.next());
        }
      };
    };
  }

  private static Batch batch(NDManager parent, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NDManager manager = parent.newSubManager();
    float[] pixels = new float[(int) INPUT.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble(-1, 1);
    }
    float[] labels = new float[(int) INPUT.get(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    return new Batch(
        manager,
        new NDList(manager.create(pixels, INPUT)),
        new NDList(manager.create(labels)),
        labels.length,
        Batchifier.STACK,
        Batchifier.STACK,
        0,
        BATCHES);
  }

  /** Facts of a run, for tests of refusals. */
  static Map<String, String> facts(String data) {
    return Map.of("data", data);
  }

  /** Returns how many arrays the model and the trainer hold. */
  int arrays() {
    return model.getNDManager().getManagedArrays().size()
        + trainer.getManager().getManagedArrays().size();
  }

  /** Notes events by name. */
  private static final class EventListener implements TrainingListener {

    private final List<String> events;

    EventListener(List<String> events) {
      this.events = events;
    }

    @Override
    public void onEpoch(Trainer trainer) {
      events.add("epoch");
    }

    @Override
    public void onTrainingBatch(Trainer trainer, BatchData batchData) {
      events.add("training batch of " + batchData.getBatch().getSize());
    }

    @Override
    public void onValidationBatch(Trainer trainer, BatchData batchData) {
      events.add("validation batch of " + batchData.getBatch().getSize());
    }

    @Override
    public void onTrainingBegin(Trainer trainer) {
      events.add("begin");
    }

    @Override
    public void onTrainingEnd(Trainer trainer) {
      events.add("end");
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
    OptimizerState.release(optimizer);
  }
}
