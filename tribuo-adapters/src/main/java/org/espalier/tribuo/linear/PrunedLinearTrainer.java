package org.espalier.tribuo.linear;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.config.ConfigurableName;
import com.oracle.labs.mlrg.olcut.config.PropertyException;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Output;
import org.tribuo.SparseTrainer;
import org.tribuo.Trainer;
import org.tribuo.WeightedExamples;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.common.sgd.AbstractLinearSGDTrainer;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Trains one of Tribuo's linear models and returns it without its zeros. What makes the zeros is
 * the optimiser of the linear trainer: a {@link org.espalier.tribuo.PruningOptimiser} as a rule.
 *
 * <p>The invocation count is that of the linear trainer. Trainings by one trainer wait for each
 * other.
 *
 * @param <T> the kind of output
 */
public final class PrunedLinearTrainer<T extends Output<T>>
    implements SparseTrainer<T>, WeightedExamples {

  @ConfigurableName private String component;

  @Config(
      mandatory = true,
      description = "One of Tribuo's LinearSGDTrainers, whose optimiser leaves zeros.")
  private Trainer<T> trainer;

  /** For OLCUT, which sets the fields and calls {@link #postConfig()}. */
  private PrunedLinearTrainer() {}

  /**
   * Stores sparse what a trainer trains.
   *
   * @param trainer one of Tribuo's linear trainers
   * @throws PropertyException if it is another
   */
  public PrunedLinearTrainer(Trainer<T> trainer) {
    this.trainer = trainer;
    postConfig();
  }

  /**
   * Checks the properties; called by OLCUT.
   *
   * @throws PropertyException naming the property that does not hold
   */
  @Override
  public void postConfig() {
    if (!(trainer instanceof AbstractLinearSGDTrainer)) {
      throw new PropertyException(
          component,
          "trainer",
          "expected one of Tribuo's LinearSGDTrainers, found " + trainer.getClass().getName());
    }
  }

  @Override
  public PrunedLinearModel<T> train(Dataset<T> examples) {
    return train(examples, Map.of());
  }

  @Override
  public PrunedLinearModel<T> train(Dataset<T> examples, Map<String, Provenance> runProvenance) {
    return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
  }

  /**
   * Trains a model.
   *
   * @throws IllegalArgumentException if the examples cannot be trained with, or training diverges
   * @throws org.espalier.sparse.InvalidInputException if a recipe does not fit the model or the
   *     length of the training
   */
  @Override
  public synchronized PrunedLinearModel<T> train(
      Dataset<T> examples, Map<String, Provenance> runProvenance, int invocationCount) {
    if (invocationCount != INCREMENT_INVOCATION_COUNT) {
      setInvocationCount(invocationCount);
    }
    TrainerProvenance provenance = getProvenance();
    // Checked in postConfig: linear trainers make linear models.
    var model = (AbstractLinearSGDModel<T>) trainer.train(examples, runProvenance);
    return PrunedLinearModel.of(model, LinearProvenance.of(model, provenance));
  }

  @Override
  public int getInvocationCount() {
    return trainer.getInvocationCount();
  }

  @Override
  public synchronized void setInvocationCount(int count) {
    trainer.setInvocationCount(count);
  }

  @Override
  public TrainerProvenance getProvenance() {
    return new TrainerProvenanceImpl(this);
  }

  @Override
  public String toString() {
    return "PrunedLinearTrainer(trainer=" + trainer + ")";
  }
}
