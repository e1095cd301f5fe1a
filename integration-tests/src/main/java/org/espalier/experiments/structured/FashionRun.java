package org.espalier.experiments.structured;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.espalier.examples.data.ImageData;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Evaluation;
import org.espalier.examples.model.Networks;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.NetworkSize;
import org.espalier.pruning.structured.Selection;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.pruning.structured.criterion.ChannelEvidence;
import org.espalier.pruning.structured.run.FineTuning;
import org.espalier.pruning.structured.run.PrunedNetwork;
import org.espalier.pruning.structured.run.StructuredPruning;
import org.espalier.pruning.structured.run.TrainerFineTuning;
import org.espalier.sparse.io.AtomicFile;

/** One dense network, and what becomes of it: all variants begin with the same weights. */
final class FashionRun implements AutoCloseable {

  private static final int TEST_BATCH = 1000;

  /** Batches that criteria measure on. */
  private static final int SAMPLES = 16;

  /** Rounds of each pair of times. */
  private static final int ROUNDS = 31;

  private final FashionPlan plan;
  private final long seed;
  private final Shape input;
  private final ImageDataset train;
  private final ImageDataset test;
  private final NDManager manager = NDManager.newBaseManager();
  private final Block dense;

  /**
   * Trains the dense network, or reads what an earlier run has trained.
   *
   * @param seed of the initial weights and the order of the images
   * @param file of the dense network's parameters
   */
  FashionRun(ImageData data, FashionPlan plan, long seed, Path file) throws IOException {
    this.plan = plan;
    this.seed = seed;
    input = Networks.inputShape(data.shape());
    train = data.trainBatches(plan.training().batchSize(), seed);
    test = data.testBatches(TEST_BATCH);
    Engine.getInstance().setRandomSeed((int) seed);
    dense = FashionNetwork.of(data.shape(), plan.width());
    dense.initialize(manager, DataType.FLOAT32, input);
    if (Files.exists(file)) {
      try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
        dense.loadParameters(manager, in);
      } catch (MalformedModelException e) {
        throw new IOException(file + " does not hold a network: remove it to train again", e);
      }
    } else {
      training(plan.training()).tune(dense, 0);
      AtomicFile.write(file, out -> dense.saveParameters(new DataOutputStream(out)));
    }
  }

  /** Makes and judges a variant. */
  FashionResult of(FashionVariant variant) {
    // Every fine-tuning sees the images in the same order, whatever ran before.
    train.seekEpoch(plan.training().epochs());
    if (variant.recipe().isPresent()) {
      return pruned(variant);
    }
    StructuredNetwork network = StructuredNetwork.of(dense, input);
    Block copy = network.without(Selection.empty());
    double before = accuracy(copy);
    if (variant.tuned()) {
      training(plan.tuning()).tune(copy, 1);
    }
    return result(variant, before, copy, network.size());
  }

  private FashionResult pruned(FashionVariant variant) {
    List<Double> removed = new ArrayList<>();
    FineTuning training = training(plan.share(variant.recipe().get().steps()));
    try (NDManager scratch = manager.newSubManager()) {
      PrunedNetwork pruned =
          StructuredPruning.by(variant.recipe().get().withSeed(seed))
              .withEvidence(ChannelEvidence.of(Loss.softmaxCrossEntropyLoss(), samples(scratch)))
              .withFineTuning(
                  (block, step) -> {
                    removed.add(accuracy(block));
                    training.tune(block, step);
                  })
              .prune(dense, input);
      return result(variant, removed.get(removed.size() - 1), pruned.block(), pruned.after());
    }
  }

  private FashionResult result(
      FashionVariant variant, double removed, Block block, NetworkSize size) {
    try {
      Shape batch = new Shape(plan.training().batchSize()).addAll(input.slice(1));
      double[] millis = PairedTimes.of(List.of(dense, block), batch, ROUNDS).millis();
      return new FashionResult(
          variant.name(), seed, removed, accuracy(block), size, millis[1] / millis[0]);
    } finally {
      block.clear();
    }
  }

  private FineTuning training(TrainingSettings settings) {
    return new TrainerFineTuning(
        () ->
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(settings.optimizer(train.batchesPerEpoch())),
        train,
        settings.epochs());
  }

  private List<Sample> samples(NDManager scratch) {
    List<Sample> samples = new ArrayList<>();
    Iterator<Batch> batches = train.batches(0, 0, scratch).iterator();
    while (samples.size() < SAMPLES) {
      Batch batch = batches.next();
      samples.add(new Sample(batch.getData(), batch.getLabels()));
    }
    return samples;
  }

  private double accuracy(Block block) {
    try (Model model = Model.newInstance("fashion")) {
      model.setBlock(block);
      return Evaluation.accuracy(model, test);
    }
  }

  @Override
  public void close() {
    train.close();
    test.close();
    manager.close();
  }
}
