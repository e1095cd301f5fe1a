package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.pruning.core.Recipe;
import org.espalier.tribuo.network.SparseNetworkModel;
import org.espalier.tribuo.network.SparseNetworkTrainer;
import org.espalier.tribuo.network.TrainingPlan;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.provenance.EnsembleModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Trains several sparse networks that together have no more weights than one dense network has, and
 * combines what they predict. Members differ in their initial weights, the order of their examples,
 * their validation examples and so in their masks.
 *
 * <p>If the network trainer has no recipe and no sparsity, the weights of each layer of the dense
 * network are shared out: k members keep 1 / k of each layer, exactly, the smallest weights going
 * gradually. Then the budget holds for weights and for multiplications. If it has one, all members
 * follow it, and a training whose members together exceed the budget is refused after the first.
 *
 * <p>Member j of training i is what the network trainer trains at the invocation count i * members
 * + j; each member's provenance holds the recipe and the count that make it anew. The network
 * trainer itself trains nothing, and its own count stays.
 *
 * <p>Source: T. Hoefler et al., "Sparsity in Deep Learning: Pruning and growth for efficient
 * inference and training in neural networks", JMLR 22(241), 2021, section 2.6: an ensemble of
 * several smaller models whose outputs are averaged. For the mean of probabilities combine labels
 * by Tribuo's {@code FullyWeightedVotingCombiner}, numbers by its {@code AveragingCombiner}.
 *
 * @param <T> the kind of output
 */
public final class SparseEnsembleTrainer<T extends Output<T>>
    implements Trainer<T>, WeightedExamples {

  @ConfigurableName private String component;

  @Config(mandatory = true, description = "Trains the members.")
  private SparseNetworkTrainer<T> trainer;

  @Config(mandatory = true, description = "Combines what the members predict.")
  private EnsembleCombiner<T> combiner;

  @Config(description = "Networks in the ensemble.")
  private int members = 4;

  @Config(
      description =
          "What all members together may keep, as a fraction of one dense network, in (0, 1].")
  private double budget = 1;

  @Config(description = "What the budget counts: WEIGHTS or MULTIPLICATIONS.")
  private BudgetUnit budgetUnit = BudgetUnit.WEIGHTS;

  private int invocations;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private SparseEnsembleTrainer() {}

  /**
   * An ensemble at the weights of one dense network.
   *
   * @param trainer trains the members
   * @param combiner combines what they predict
   * @param members at least 2
   * @throws PropertyException if a property does not hold
   */
  public SparseEnsembleTrainer(
      SparseNetworkTrainer<T> trainer, EnsembleCombiner<T> combiner, int members) {
    this(trainer, combiner, members, 1, BudgetUnit.WEIGHTS);
  }

  /**
   * An ensemble at a budget.
   *
   * @param trainer trains the members
   * @param combiner combines what they predict
   * @param members at least 2
   * @param budget what they may keep together, as a fraction of one dense network, in (0, 1]
   * @param budgetUnit what the budget counts
   * @throws PropertyException if a property does not hold
   */
  public SparseEnsembleTrainer(
      SparseNetworkTrainer<T> trainer,
      EnsembleCombiner<T> combiner,
      int members,
      double budget,
      BudgetUnit budgetUnit) {
    this.trainer = trainer;
    this.combiner = combiner;
    this.members = members;
    this.budget = budget;
    this.budgetUnit = budgetUnit;
    postConfig();
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    if (members < 2) {
      throw error("members", "expected at least 2, found " + members);
    }
    if (!(budget > 0 && budget <= 1)) {
      throw error("budget", "expected a fraction in (0, 1], found " + budget);
    }
    Class<?> combined = combiner.getTypeWitness();
    Class<T> trained = trainer.outputAdapter().type();
    if (combined != trained) {
      throw error(
          "combiner",
          "expected one of outputs of the class %s, which the trainer trains, found %s of %s"
              .formatted(
                  trained.getName(), combiner.getClass().getSimpleName(), combined.getName()));
    }
  }

  private PropertyException error(String property, String message) {
    return new PropertyException(component, property, message);
  }

  @Override
  public SparseEnsembleModel<T> train(Dataset<T> examples) {
    return train(examples, Map.of());
  }

  @Override
  public SparseEnsembleModel<T> train(Dataset<T> examples, Map<String, Provenance> runProvenance) {
    return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
  }

  /**
   * Trains an ensemble.
   *
   * @throws IllegalArgumentException if the examples cannot be trained with
   * @throws PropertyException if the recipe does not fit the network or the length of the training,
   *     the members exceed the budget, or a layer has too few weights to be shared out
   * @throws IllegalStateException if training diverges
   */
  @Override
  public SparseEnsembleModel<T> train(
      Dataset<T> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    TrainerProvenance provenance;
    int first;
    synchronized (this) {
      if (invocationCount != INCREMENT_INVOCATION_COUNT) {
        setInvocationCount(invocationCount);
      }
      first = Math.multiplyExact(invocations, members);
      provenance = getProvenance();
      invocations++;
    }
    TrainingPlan plan = trainer.plan(examples);
    List<Model<T>> trained = new ArrayList<>();
    long kept = 0;
    long dense = 0;
    for (int m = 0; m < members; m++) {
      SparseNetworkModel<T> member =
          trainer.withRecipe(recipe(m, plan)).train(examples, runProvenance, first + m);
      dense = count(() -> budgetUnit.dense(member));
      kept += count(() -> budgetUnit.kept(member));
      // Members that follow one recipe keep alike: the first tells what all will.
      requireBudget(m == 0 && plan.recipe() != null ? kept * members : kept, dense);
      trained.add(member);
    }
    Map<String, Provenance> values = new HashMap<>(runProvenance);
    values.putAll(EnsembleProvenance.budget(budgetUnit, dense, kept));
    return new SparseEnsembleModel<>(
        "sparse-ensemble",
        new EnsembleModelProvenance(
            SparseEnsembleModel.class.getName(),
            OffsetDateTime.now(),
            examples.getProvenance(),
            provenance,
            values,
            ListProvenance.createListProvenance(trained)),
        examples.getFeatureIDMap(),
        examples.getOutputIDInfo(),
        trained,
        Combination.even(combiner, members));
  }

  private Recipe recipe(int member, TrainingPlan plan) {
    if (plan.recipe() != null) {
      return plan.recipe();
    }
    try {
      return new WeightShares(members, budget).recipe(member, plan);
    } catch (IllegalArgumentException e) {
      throw new PropertyException(e, component, "members", e.getMessage());
    }
  }

  /** A count that the network may not have. */
  private interface Count {
    long get();
  }

  private long count(Count count) {
    try {
      return count.get();
    } catch (IllegalArgumentException e) {
      throw new PropertyException(
          e, component, "budgetUnit", e.getMessage() + "; set it to WEIGHTS");
    }
  }

  private void requireBudget(long kept, long dense) {
    if (BigDecimal.valueOf(kept)
            .compareTo(BigDecimal.valueOf(budget).multiply(BigDecimal.valueOf(dense)))
        > 0) {
      throw error(
          "budget",
          "%d members that follow this recipe keep %d %s, more than %s of the %d of one dense"
                  .formatted(members, kept, budgetUnit, budget, dense)
              + " network; set a higher sparsity or fewer members, or remove recipe and sparsity of"
              + " the trainer, so that the budget decides");
    }
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
    invocations = count;
  }

  @Override
  public TrainerProvenance getProvenance() {
    return new TrainerProvenanceImpl(this);
  }

  @Override
  public String toString() {
    return "SparseEnsembleTrainer(trainer=%s,combiner=%s,members=%d,budget=%s,budgetUnit=%s)"
        .formatted(trainer, combiner, members, budget, budgetUnit);
  }
}
