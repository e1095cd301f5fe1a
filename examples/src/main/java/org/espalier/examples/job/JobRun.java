package org.espalier.examples.job;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.examples.data.ImageDataset;
import org.espalier.examples.model.Networks;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.report.Environment;
import org.espalier.pruning.report.RunSetup;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.kernel.SparseOps;

/**
 * What the parts of a run share, whatever kind of recipe it is pruned by.
 *
 * @param options what the user asked for
 * @param folder for the results
 * @param model of the dense network
 * @param train to learn from
 * @param test to judge by
 * @param settings of the dense training
 * @param recorder of what happens
 * @param out where progress is printed
 */
record JobRun(
    PruneOptions options,
    RunFolder folder,
    Model model,
    ImageDataset train,
    ImageDataset test,
    TrainingSettings settings,
    RunRecorder recorder,
    PrintWriter out) {

  /** Images of a batch for evaluation and for measurements. */
  static final int TEST_BATCH = 128;

  /** How networks and layers are measured. */
  static final String CONDITIONS = "batch %d, 1 thread".formatted(TEST_BATCH);

  /** Returns the shape of one image, as networks read it. */
  Shape inputShape() {
    return Networks.inputShape(train.shape());
  }

  /** Returns a model without a block; closing it is the caller's. */
  Model newModel() {
    return Model.newInstance(options.network(), Device.cpu());
  }

  /**
   * Returns the settings of pruning and fine-tuning.
   *
   * <p>Measured with the default recipe on MNIST, LeNet-300-100, seed 42, dense 98.52 %: at the
   * whole rate, which is learning-rate rewinding (Renda, Frankle and Carbin, "Comparing rewinding
   * and fine-tuning in neural network pruning", ICLR 2020), 98.70 % at sparsity 0.9 and 98.57 % at
   * 0.92; at a tenth of it, 98.32 % and 98.26 %.
   */
  TrainingSettings fineTuning() {
    return options
        .fineTuneRate()
        .map(rate -> settings.withPeakLearningRate(rate.of(settings.peakLearningRate())))
        .orElse(settings);
  }

  /**
   * Returns how this run survives being killed.
   *
   * @param recipe for weights, which must be the same for the run to go on
   * @param more that must be the same, by name
   */
  Survival survival(Optional<Recipe> recipe, Map<String, String> more) {
    Map<String, String> facts = new HashMap<>(more);
    facts.put("--model", options.network());
    facts.put("--data", options.data().label());
    facts.put("--epochs", Integer.toString(settings.epochs()));
    facts.put("--threads", Integer.toString(options.threads()));
    facts.put("--load", options.loadDir().map(Path::toString).orElse("nothing"));
    return new Survival(
        options.checkpoints().map(chosen -> options.out().resolve("checkpoints")),
        options.checkpoints().orElse(CheckpointOptions.NONE),
        recipe,
        options.seed(),
        facts,
        out);
  }

  /** Loads the dense network of an earlier run. */
  void load(Path dir) {
    try {
      model.load(dir, options.network());
      // A block that was only loaded does not know the names of its inputs, and cannot be saved.
      model.getBlock().initialize(model.getNDManager(), model.getDataType(), inputShape());
    } catch (IOException | MalformedModelException | RuntimeException e) {
      throw new InvalidInputException(
          "--load " + dir,
          "a saved " + options.network() + " for these images",
          e.toString(),
          "name the folder 'dense' of an earlier run with the same --model and --data",
          e);
    }
  }

  /** Saves the network as it is, as a folder of the results. */
  void save(String name, String recipeSha256, double sparsity) {
    model.setProperty("Epoch", "0");
    model.setProperty("espalier.recipe.sha256", recipeSha256);
    model.setProperty("espalier.sparsity", Double.toString(sparsity));
    folder.write(
        name + "/" + options.network(), path -> model.save(path.getParent(), options.network()));
  }

  /** Writes the recipe beside the results. */
  void saveRecipe(String canonicalText) {
    folder.write("recipe.yaml", path -> Files.writeString(path, canonicalText));
  }

  /** Returns what was run, for the report. */
  RunSetup setup(String canonicalText) {
    return new RunSetup(
        options.network(),
        options.data().label(),
        canonicalText,
        options.seed(),
        options.commandLine());
  }

  /** Returns what it runs on, for the report. */
  Environment environment() {
    Engine engine = Engine.getInstance();
    return new Environment(
        System.getProperty("java.runtime.version"),
        Engine.getDjlVersion(),
        engine.getEngineName() + " " + engine.getVersion(),
        SparseOps.kernelName(),
        System.getProperty("os.arch") + ", " + SparseOps.kernelName(),
        options.threads());
  }
}
