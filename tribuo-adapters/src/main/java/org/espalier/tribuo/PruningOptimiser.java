package org.espalier.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import java.nio.file.Path;
import java.util.Objects;
import org.espalier.pruning.core.Recipe;
import org.espalier.sparse.InvalidInputException;
import org.tribuo.math.Parameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.Tensor;

/**
 * Prunes any Tribuo model that is trained by gradient descent: a gradient optimiser around another
 * one. After every step of the trainer each pruned weight is exactly 0, and so it is in the model.
 *
 * <p>Before an optimizer step at which the recipe is due, masks are decided and the weights that
 * they prune are set to 0; then the inner optimiser takes its step, and the pruned entries of the
 * update that it returns are set to 0, whatever its momentum says. Steps count from 0 in each
 * training; an epoch has examples / minibatch size steps. After {@link #finalise()} of the inner
 * optimiser, which may write other weights (parameter averaging), the pruned ones are zeroed again.
 *
 * <p>Recipes know the tensors by these names: {@code weights} of a linear model, (outputs,
 * features), without the bias column, which is never pruned nor counted; {@code weights}, {@code
 * factors-0}, {@code factors-1}, ... (one per output) and, only on request, {@code bias} of a
 * factorization machine; {@code parameter-1} (features) and {@code parameter-2} (transitions) and,
 * only on request, {@code parameter-0} (biases) of a conditional random field. Tribuo's weights are
 * {@code double}; scores are computed on their nearest {@code float}, so that weights closer than
 * that tie, and the lower index is kept.
 *
 * <p>Limits. Parameter averaging must be the inner optimiser, not the outer one: outside, it would
 * write averages over pruned weights and nothing would zero them. Weights that a recipe lets grow
 * again start at 0, but the inner optimiser keeps its state of them. A training that ends before a
 * schedule does is refused in {@link #finalise()}, since its model would not have the sparsity that
 * was asked for.
 */
public final class PruningOptimiser implements StochasticGradientOptimiser {

  @ConfigurableName private String component;

  @Config(mandatory = true, description = "The optimiser that updates the weights.")
  private StochasticGradientOptimiser optimiser;

  @Config(description = "A recipe file in YAML. Excludes recipe and sparsity.")
  private Path recipePath;

  @Config(description = "The text of a recipe. Excludes recipePath and sparsity.")
  private String recipe;

  @Config(
      description =
          "Fraction of zeros, in (0, 1); the smallest weights of each tensor are pruned. Excludes"
              + " recipePath and recipe.")
  private double sparsity;

  @Config(description = "With sparsity: optimizer steps before the first weights are pruned.")
  private long begin;

  @Config(
      description =
          "With sparsity: optimizer steps before the last weights are pruned; 0 = all at begin.")
  private long end;

  @Config(description = "With sparsity and end: optimizer steps from decision to decision.")
  private long every = 1;

  private Recipe plan;
  private String source = "properties";
  private TrainingMasks masks;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private PruningOptimiser() {}

  /**
   * Prunes by a recipe.
   *
   * @param optimiser updates the weights
   * @param recipe its schedules count optimizer steps
   * @throws PropertyException if a schedule counts epochs, or the recipe needs a network's training
   *     loop
   */
  public PruningOptimiser(StochasticGradientOptimiser optimiser, Recipe recipe) {
    this.optimiser = Objects.requireNonNull(optimiser, "optimiser");
    this.plan = RecipeSettings.requireServes(null, "recipe", recipe);
    this.recipe = RecipeLine.of(recipe);
  }

  /**
   * Prunes by a recipe file, read now.
   *
   * @param optimiser updates the weights
   * @param recipePath a YAML file
   * @throws PropertyException if it does not hold, a schedule counts epochs, or the recipe needs a
   *     network's training loop
   */
  public PruningOptimiser(StochasticGradientOptimiser optimiser, Path recipePath) {
    this.optimiser = Objects.requireNonNull(optimiser, "optimiser");
    this.recipePath = Objects.requireNonNull(recipePath, "recipePath");
    postConfig();
  }

  /**
   * Prunes the smallest weights of each tensor all at once.
   *
   * @param optimiser updates the weights
   * @param sparsity fraction of zeros, in (0, 1)
   * @param begin optimizer steps before that, at least 1
   * @throws PropertyException if a figure is out of its range
   */
  public PruningOptimiser(StochasticGradientOptimiser optimiser, double sparsity, long begin) {
    this(optimiser, sparsity, begin, 0, 1);
  }

  /**
   * Prunes the smallest weights of each tensor gradually, by the cubic schedule from 0.
   *
   * @param optimiser updates the weights
   * @param sparsity fraction of zeros at the end, in (0, 1)
   * @param begin optimizer steps before the first decision, at least 0
   * @param end optimizer steps before the last decision, more than {@code begin}; or 0 for all at
   *     {@code begin}
   * @param every optimizer steps from decision to decision, at least 1
   * @throws PropertyException if a figure is out of its range
   */
  public PruningOptimiser(
      StochasticGradientOptimiser optimiser, double sparsity, long begin, long end, long every) {
    this.optimiser = Objects.requireNonNull(optimiser, "optimiser");
    this.sparsity = sparsity;
    this.begin = begin;
    this.end = end;
    this.every = every;
    postConfig();
  }

  private PruningOptimiser(PruningOptimiser other) {
    this.component = other.component;
    this.optimiser = other.optimiser.copy();
    this.recipe = other.recipe;
    this.sparsity = other.sparsity;
    this.begin = other.begin;
    this.end = other.end;
    this.every = other.every;
    this.plan = other.plan;
    this.source = other.source;
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold, and the cure
   */
  @Override
  public void postConfig() {
    plan = new RecipeSettings(component, recipePath, recipe, sparsity, begin, end, every).recipe();
    if (recipePath != null) {
      // The file may change; from here on its content stands for it, in copies and provenance.
      source = recipePath.toString();
      recipe = RecipeLine.of(plan);
      recipePath = null;
    }
  }

  /** Returns the recipe, however it was given. */
  public Recipe recipe() {
    return plan;
  }

  /**
   * Starts a training with every weight alive.
   *
   * @throws InvalidInputException if the recipe does not fit the parameters
   */
  @Override
  public void initialise(Parameters parameters) {
    masks = new TrainingMasks(plan, parameters);
    optimiser.initialise(parameters);
  }

  /**
   * Takes one optimizer step.
   *
   * @throws InvalidInputException if masks are due and the weights cannot decide them: they are not
   *     finite, or all zero because training has not begun
   * @throws IllegalStateException before {@link #initialise}
   */
  @Override
  public Tensor[] step(Tensor[] updates, double weight) {
    TrainingMasks current = masks();
    current.decide(updates);
    Tensor[] output = optimiser.step(updates, weight);
    current.zero(output);
    current.stepDone();
    return output;
  }

  /**
   * Ends the training.
   *
   * @throws InvalidInputException if it was too short for the recipe
   * @throws IllegalStateException before {@link #initialise}
   */
  @Override
  public void finalise() {
    TrainingMasks current = masks();
    optimiser.finalise();
    current.zeroWeights();
    current.requireFinished();
  }

  @Override
  public void reset() {
    optimiser.reset();
    masks = null;
  }

  @Override
  public PruningOptimiser copy() {
    return new PruningOptimiser(this);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new PruningOptimiserProvenance(this, plan.sha256(), source);
  }

  @Override
  public String toString() {
    return "PruningOptimiser(optimiser=" + optimiser + ",recipe=" + plan.sha256() + ")";
  }

  private TrainingMasks masks() {
    if (masks == null) {
      throw new IllegalStateException("initialise comes before step and finalise");
    }
    return masks;
  }
}
