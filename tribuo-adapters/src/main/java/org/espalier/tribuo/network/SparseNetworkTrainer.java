package org.espalier.tribuo.network;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.espalier.pruning.core.Recipe;
import org.espalier.tribuo.RecipeLine;
import org.tribuo.Dataset;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Trains a DJL network on the CPU and prunes it by a recipe meanwhile. After every optimizer step
 * each pruned weight is exactly 0, and so it is in the model.
 *
 * <p>The loss is the mean over a batch by the weights of its examples: an example of weight 2
 * counts like two. With a validation fraction, that part of the examples is set aside and watched;
 * with a patience, training stops after so many epochs without a smaller validation loss, and the
 * model has the weights of the best epoch. Epochs count from the recipe's last decision on: those
 * before it were not as sparse.
 *
 * <p>Equal configuration, data and invocation count give equal weights, bit for bit, if DJL's
 * engine computes with one thread ({@code -Dai.djl.pytorch.num_threads=1}) and nothing else uses it
 * meanwhile: initial weights and dropout come from its generator, which each training seeds.
 * Trainings in one process wait for each other.
 *
 * @param <T> the kind of output
 */
public final class SparseNetworkTrainer<T extends Output<T>>
    implements Trainer<T>, WeightedExamples {

  @ConfigurableName private String component;

  @Config(mandatory = true, description = "The network.")
  private NetworkSpec network;

  @Config(mandatory = true, description = "What the network's last layer means.")
  private OutputAdapter<T> output;

  @Config(description = "What updates the weights.")
  OptimizerSpec optimizer = OptimizerSpec.adam(0.001);

  @Config(description = "Passes over the training examples, at most.")
  int epochs = 20;

  @Config(description = "Examples of an optimizer step.")
  int batchSize = 32;

  @Config(description = "Fraction of the examples that is watched instead of trained, in [0, 1).")
  double validationFraction;

  @Config(description = "Epochs without a smaller validation loss until training stops; 0 = all.")
  int patience;

  @Config(description = "How features are scaled: NONE, STANDARDISE or LARGEST.")
  FeatureScaling featureScaling = FeatureScaling.STANDARDISE;

  @Config(description = "A recipe file in YAML. Excludes recipe and sparsity.")
  Path recipePath;

  @Config(description = "The text of a recipe. Excludes recipePath and sparsity.")
  String recipe;

  @Config(
      description =
          "Fraction of zeros in (0, 1); the smallest weights of each layer are pruned over the"
              + " first 3/4 of the training. Excludes recipePath and recipe; without all three"
              + " nothing is pruned.")
  double sparsity;

  @Config(description = "Seed of initial weights, of the split and of the order of examples.")
  long seed = Trainer.DEFAULT_SEED;

  // Not -1 for none: OLCUT 5.3.1 finds that no negative number equals itself in a round trip.
  @Config(description = "Epochs from message to message about the validation loss; 0 = none.")
  int loggingInterval;

  private RecipeChoice choice;
  private SplittableRandom random;
  private int invocations;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private SparseNetworkTrainer() {}

  /** For the builder, which sets the other fields and calls {@link #postConfig()}. */
  SparseNetworkTrainer(NetworkSpec network, OutputAdapter<T> output) {
    this.network = network;
    this.output = output;
  }

  /**
   * Returns a builder with the defaults of the properties.
   *
   * @param network what is trained
   * @param output what its last layer means
   */
  public static <U extends Output<U>> SparseNetworkTrainerBuilder<U> builder(
      NetworkSpec network, OutputAdapter<U> output) {
    return new SparseNetworkTrainerBuilder<>(network, output);
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public synchronized void postConfig() {
    requireAtLeast("epochs", epochs, 1);
    requireAtLeast("batchSize", batchSize, 1);
    requireAtLeast("patience", patience, 0);
    requireAtLeast("loggingInterval", loggingInterval, 0);
    if (!(validationFraction >= 0 && validationFraction < 1)) {
      throw new PropertyException(
          component,
          "validationFraction",
          "expected a fraction in [0, 1), found " + validationFraction);
    }
    if (patience > 0 && validationFraction == 0) {
      throw new PropertyException(
          component, "patience", "needs a validation loss; set validationFraction, as 0.1");
    }
    choice = RecipeChoice.of(component, recipePath, recipe, sparsity);
    if (recipePath != null) {
      // The file may change; from here on its content stands for it, in provenance and copies.
      recipe = RecipeLine.of(choice.given());
      recipePath = null;
    }
    setInvocationCount(0);
  }

  private void requireAtLeast(String property, int value, int least) {
    if (value < least) {
      throw new PropertyException(
          component, property, "expected at least " + least + ", found " + value);
    }
  }

  @Override
  public SparseNetworkModel<T> train(Dataset<T> examples) {
    return train(examples, Map.of());
  }

  @Override
  public SparseNetworkModel<T> train(Dataset<T> examples, Map<String, Provenance> runProvenance) {
    return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
  }

  /**
   * Trains a network.
   *
   * @throws IllegalArgumentException if the examples cannot be trained with: none, unknown outputs,
   *     numbers that are not finite
   * @throws PropertyException if the recipe does not fit the network or the length of the training
   * @throws IllegalStateException if training diverges
   */
  @Override
  public SparseNetworkModel<T> train(
      Dataset<T> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    TrainingData.require(examples, output);
    TrainerProvenance provenance;
    SplittableRandom local;
    synchronized (this) {
      if (invocationCount != INCREMENT_INVOCATION_COUNT) {
        setInvocationCount(invocationCount);
      }
      local = random.split();
      provenance = getProvenance();
      invocations++;
    }
    InputLayout layout = network.layout(examples.getFeatureIDMap());
    TrainingData data =
        TrainingData.of(examples, layout, output, featureScaling, validationFraction, local);
    Recipe plan = plan(data.training().examples().length);
    TrainingSettings settings =
        new TrainingSettings(
            component, optimizer, epochs, batchSize, patience, loggingInterval, plan);
    TrainingOutcome outcome =
        new NetworkTraining(network, output, settings, data.training(), data.validation())
            .run(local);
    Map<String, Provenance> values = new HashMap<>(runProvenance);
    values.putAll(TrainingProvenance.of(plan, outcome));
    return new SparseNetworkModel<>(
        "sparse-network",
        new ModelProvenance(
            SparseNetworkModel.class.getName(),
            OffsetDateTime.now(),
            examples.getProvenance(),
            provenance,
            values),
        examples.getFeatureIDMap(),
        examples.getOutputIDInfo(),
        new ModelParts(output, data.training().encoder(), outcome.network(), data.scaling()));
  }

  /**
   * Returns what a training with these examples would do, without training.
   *
   * @throws IllegalArgumentException if the examples cannot be trained with
   * @throws PropertyException if the recipe does not fit the length of the training
   */
  public TrainingPlan plan(Dataset<T> examples) {
    TrainingData.require(examples, output);
    InputLayout layout = network.layout(examples.getFeatureIDMap());
    TrainingRows rows =
        TrainingData.of(
                examples,
                layout,
                output,
                featureScaling,
                validationFraction,
                new SplittableRandom(seed))
            .training();
    return new TrainingPlan(
        steps(rows.examples().length),
        NetworkTraining.weights(network, layout.shape(), rows.width()),
        plan(rows.examples().length));
  }

  /**
   * Returns a trainer with the same properties, but for what is pruned, that has trained nothing.
   *
   * @param recipe instead of {@code recipePath}, {@code recipe} and {@code sparsity}
   */
  public SparseNetworkTrainer<T> withRecipe(Recipe recipe) {
    return builder(network, output)
        .optOptimizer(optimizer)
        .optEpochs(epochs)
        .optBatchSize(batchSize)
        .optValidationFraction(validationFraction)
        .optPatience(patience)
        .optFeatureScaling(featureScaling)
        .optSeed(seed)
        .optLoggingInterval(loggingInterval)
        .optRecipe(recipe)
        .build();
  }

  /** Returns what the network's last layer means. */
  public OutputAdapter<T> outputAdapter() {
    return output;
  }

  private long steps(int examples) {
    return (long) epochs * new BatchCuts(examples, batchSize).count();
  }

  /** Returns the recipe of a training, null for none, after seeing that it can be completed. */
  private Recipe plan(int examples) {
    long steps = steps(examples);
    Recipe plan = choice.recipe(steps);
    if (plan != null) {
      RecipeFit.requireReached(component, plan, steps, epochs);
    }
    return plan;
  }

  @Override
  public synchronized int getInvocationCount() {
    return invocations;
  }

  /**
   * Puts the trainer into the state that it has after so many trainings.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  @Override
  public synchronized void setInvocationCount(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "The supplied invocationCount is less than zero: " + count);
    }
    random = new SplittableRandom(seed);
    for (invocations = 0; invocations < count; invocations++) {
      random.split();
    }
  }

  @Override
  public TrainerProvenance getProvenance() {
    return new TrainerProvenanceImpl(this);
  }

  @Override
  public String toString() {
    return "SparseNetworkTrainer(network="
        + network.getClass().getSimpleName()
        + ",output="
        + output.getClass().getSimpleName()
        + ",epochs="
        + epochs
        + ",batchSize="
        + batchSize
        + ",sparsity="
        + sparsity
        + ",seed="
        + seed
        + ")";
  }
}
