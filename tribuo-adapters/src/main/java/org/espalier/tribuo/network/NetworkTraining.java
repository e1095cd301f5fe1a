package org.espalier.tribuo.network;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.optimizer.Optimizer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.djl.OptimizerState;
import org.espalier.pruning.djl.PruningListener;
import org.espalier.pruning.djl.PruningSession;
import org.espalier.pruning.djl.network.NetworkParameters;

/**
 * One training of a network on the CPU. All native memory that it takes is given back when it ends.
 */
final class NetworkTraining {

  private static final Logger LOGGER = Logger.getLogger(NetworkTraining.class.getName());

  /** DJL collects gradients for one network at a time, and has one random generator. */
  private static final Object ENGINE = new Object();

  private final NetworkSpec spec;
  private final OutputAdapter<?> adapter;
  private final TrainingSettings settings;
  private final TrainingRows training;
  private final TrainingRows validation;

  /**
   * @param validation examples to watch; null for none
   */
  NetworkTraining(
      NetworkSpec spec,
      OutputAdapter<?> adapter,
      TrainingSettings settings,
      TrainingRows training,
      TrainingRows validation) {
    this.spec = spec;
    this.adapter = adapter;
    this.settings = settings;
    this.training = training;
    this.validation = validation;
  }

  /**
   * Returns the prunable weights of a network, without training it.
   *
   * @param shape of one example
   * @param outputs values that the last layer must have
   */
  static List<WeightCount> weights(NetworkSpec spec, int[] shape, int outputs) {
    synchronized (ENGINE) {
      try (Model model = Model.newInstance("espalier", Device.cpu())) {
        Block network = spec.newBlock(model, shape, outputs);
        model.setBlock(network);
        network.initialize(model.getNDManager(), DataType.FLOAT32, BlockShapes.of(1, shape));
        return new NetworkParameters(network)
            .infos().stream()
                .filter(TensorInfo::prunable)
                .map(tensor -> new WeightCount(tensor.name(), tensor.elements(), 0))
                .toList();
      }
    }
  }

  /**
   * Trains.
   *
   * @param random of initial weights and of the order of examples
   */
  TrainingOutcome run(SplittableRandom random) {
    synchronized (ENGINE) {
      Engine.getInstance().setRandomSeed(random.nextInt());
      Optimizer optimizer = settings.optimizer().newOptimizer();
      try (Model model = Model.newInstance("espalier", Device.cpu())) {
        model.setBlock(spec.newBlock(model, shape(), training.width()));
        return train(model, optimizer, random);
      } finally {
        OptimizerState.release(optimizer);
      }
    }
  }

  private int[] shape() {
    return training.encoder().layout().shape();
  }

  private TrainingOutcome train(Model model, Optimizer optimizer, SplittableRandom random) {
    Block network = model.getBlock();
    network.initialize(model.getNDManager(), DataType.FLOAT32, BlockShapes.of(1, shape()));
    if (settings.recipe() != null) {
      RecipeFit.requireFits(settings.component(), settings.recipe(), network);
    }
    ValidationLosses losses = new ValidationLosses();
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(new WeightedLoss(adapter))
            .optOptimizer(optimizer)
            .optDevices(new Device[] {Device.cpu()})
            .addTrainingListeners(losses);
    PruningListener pruning = null;
    if (settings.recipe() != null) {
      pruning = new PruningListener(settings.recipe());
      config.addTrainingListeners(pruning);
    }
    BestEpoch best = new BestEpoch(settings.patience());
    int epoch = 0;
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(BlockShapes.of(1, shape()));
      GradientCheck.skip(trainer);
      int[] order = Shuffles.ascending(training.examples().length);
      while (epoch < settings.epochs() && !best.isLongAgo(epoch)) {
        Shuffles.shuffle(order, random);
        trainEpoch(trainer, order);
        epoch++;
        if (validation != null) {
          double loss = validate(trainer, losses);
          log(epoch, loss);
          if (isWatching(pruning)) {
            best.see(epoch, loss, () -> Snapshot.of(network, session(trainer)));
          }
        }
        trainer.notifyListeners(listener -> listener.onEpoch(trainer));
      }
    }
    if (pruning != null) {
      long steps = pruning.state().time().step();
      RecipeFit.requireReached(settings.component(), settings.recipe(), steps, epoch);
    }
    Snapshot last = best.snapshot().orElseGet(() -> Snapshot.of(network, null)).requireFinite();
    TrainedNetwork trained = new NetworkMaker(spec, training).make(network, last);
    return new TrainingOutcome(trained, epoch, best.epoch().orElse(epoch));
  }

  private static PruningSession session(Trainer trainer) {
    return PruningSession.of(trainer).orElse(null);
  }

  private void trainEpoch(Trainer trainer, int[] order) {
    BatchCuts cuts = new BatchCuts(order.length, settings.batchSize());
    for (int i = 0; i < cuts.count(); i++) {
      try (Batch batch = training.batch(order, cuts.begin(i), cuts.end(i), trainer.getManager())) {
        EasyTrain.trainBatch(trainer, batch);
        trainer.step();
      }
    }
  }

  private double validate(Trainer trainer, ValidationLosses losses) {
    int[] order = Shuffles.ascending(validation.examples().length);
    BatchCuts cuts = new BatchCuts(order.length, settings.batchSize());
    for (int i = 0; i < cuts.count(); i++) {
      try (Batch batch =
          validation.batch(order, cuts.begin(i), cuts.end(i), trainer.getManager())) {
        EasyTrain.validateBatch(trainer, batch);
      }
    }
    return losses.take();
  }

  /** Losses count from the recipe's last decision on: the best before that was not as sparse. */
  private boolean isWatching(PruningListener pruning) {
    return settings.patience() > 0
        && (pruning == null || RecipeFit.isReached(settings.recipe(), pruning.state().time()));
  }

  private void log(int epoch, double loss) {
    if (settings.loggingInterval() > 0 && epoch % settings.loggingInterval() == 0) {
      LOGGER.log(Level.INFO, "epoch {0}: validation loss {1}", new Object[] {epoch, loss});
    }
  }
}
