package org.espalier.tribuo.linear;

import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.HashMap;
import java.util.Map;
import org.espalier.tribuo.PrunedWeights;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;

/** What the provenance of a {@link PrunedLinearModel} tells beyond that of its training. */
public final class LinearProvenance {

  /** Key of the class of the model that was trained. */
  public static final String TRAINED_MODEL = "trained-model";

  /** Key of the number of weights, zero or not, without biases. */
  public static final String WEIGHTS = "weights";

  /** Key of how many of them are zero. */
  public static final String ZEROS = "zero-weights";

  private LinearProvenance() {}

  /** Returns all that a model's provenance says, for a model without the zeros. */
  static ModelProvenance of(AbstractLinearSGDModel<?> model) {
    return of(model, model.getProvenance().getTrainerProvenance());
  }

  /** Returns the same, as if another trainer had trained it. */
  static ModelProvenance of(AbstractLinearSGDModel<?> model, TrainerProvenance trainer) {
    Map<String, Provenance> entries = new HashMap<>();
    for (Pair<String, Provenance> entry : model.getProvenance()) {
      entries.put(entry.getA(), replaced(entry.getB(), model, trainer));
    }
    String key = ObjectProvenance.CLASS_NAME;
    entries.put(key, new StringProvenance(key, PrunedLinearModel.class.getName()));
    // From entries and not from parts: dates and versions are those of the training.
    return new ModelProvenance(entries);
  }

  private static Provenance replaced(
      Provenance entry, AbstractLinearSGDModel<?> model, TrainerProvenance trainer) {
    if (entry instanceof TrainerProvenance) {
      return trainer;
    }
    return entry instanceof MapProvenance<?> values ? with(values, model) : entry;
  }

  private static MapProvenance<Provenance> with(
      MapProvenance<?> values, AbstractLinearSGDModel<?> model) {
    Map<String, Provenance> all = new HashMap<>(values.getMap());
    PrunedWeights counts = PrunedWeights.of(model);
    all.put(TRAINED_MODEL, new StringProvenance(TRAINED_MODEL, model.getClass().getName()));
    all.put(WEIGHTS, new LongProvenance(WEIGHTS, counts.elements()));
    all.put(ZEROS, new LongProvenance(ZEROS, counts.zeros()));
    return new MapProvenance<>(all);
  }
}
