package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.dataset.DatasetView;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Trains an ensemble with a part of the examples and leaves out members by the rest of them.
 *
 * <p>Training i trains the ensemble at its trainer's invocation count i.
 *
 * @param <T> the kind of output
 */
public final class PrunedEnsembleTrainer<T extends Output<T>> implements Trainer<T> {

  @ConfigurableName private String component;

  @Config(
      mandatory = true,
      description = "Trains ensembles: a SparseEnsembleTrainer, bagging, a random forest, ...")
  private Trainer<T> trainer;

  @Config(mandatory = true, description = "Which members stay.")
  private MemberSelection selection;

  @Config(description = "Fraction of the examples that judges members, in (0, 1).")
  private double validationFraction = 0.2;

  @Config(description = "Seed of the choice of these examples.")
  private long seed = Trainer.DEFAULT_SEED;

  private SplittableRandom random;
  private int invocations;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private PrunedEnsembleTrainer() {}

  /**
   * A trainer of pruned ensembles.
   *
   * @param trainer trains ensembles
   * @param selection which members stay
   * @param validationFraction of the examples that judges members, in (0, 1)
   * @param seed of their choice
   * @throws PropertyException if the fraction is none
   */
  public PrunedEnsembleTrainer(
      Trainer<T> trainer, MemberSelection selection, double validationFraction, long seed) {
    this.trainer = trainer;
    this.selection = selection;
    this.validationFraction = validationFraction;
    this.seed = seed;
    postConfig();
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public synchronized void postConfig() {
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw new PropertyException(
          component,
          "validationFraction",
          "expected a fraction in (0, 1), found " + validationFraction);
    }
    setInvocationCount(0);
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
   * Trains an ensemble and prunes it.
   *
   * @throws IllegalArgumentException if the examples cannot be trained with, or are too few to be
   *     parted
   * @throws PropertyException if the trainer trains no ensemble that can be pruned
   */
  @Override
  public SparseEnsembleModel<T> train(
      Dataset<T> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    TrainerProvenance provenance;
    SplittableRandom local;
    int invocation;
    synchronized (this) {
      if (invocationCount != INCREMENT_INVOCATION_COUNT) {
        setInvocationCount(invocationCount);
      }
      local = random.split();
      provenance = getProvenance();
      invocation = invocations++;
    }
    int watched = (int) (validationFraction * examples.size());
    if (watched == 0 || watched == examples.size()) {
      throw new IllegalArgumentException(
          "%d examples leave none to train or to judge by at a validation fraction of %s"
              .formatted(examples.size(), validationFraction));
    }
    int[] order = shuffled(examples.size(), local);
    Dataset<T> validation =
        new DatasetView<>(examples, Arrays.copyOf(order, watched), "validation");
    Dataset<T> training =
        new DatasetView<>(examples, Arrays.copyOfRange(order, watched, order.length), "training");
    Model<T> model = trainer.train(training, runProvenance, invocation);
    if (!(model instanceof EnsembleModel<T> ensemble)) {
      throw new PropertyException(
          component, "trainer", "trains no ensemble but a " + model.getClass().getName());
    }
    return EnsemblePruner.prune(
        ensemble, selection, validation, examples.getProvenance(), provenance);
  }

  /** Fisher and Yates's shuffle of the indices. */
  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
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
    return "PrunedEnsembleTrainer(trainer=%s,selection=%s,validationFraction=%s,seed=%d)"
        .formatted(trainer, selection, validationFraction, seed);
  }
}
