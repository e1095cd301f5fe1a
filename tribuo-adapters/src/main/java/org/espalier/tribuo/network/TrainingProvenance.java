package org.espalier.tribuo.network;

import ai.djl.engine.Engine;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.pruning.core.Recipe;
import org.espalier.tribuo.RecipeLine;

/** What a model's provenance tells of its training, among its instance values. */
public final class TrainingProvenance {

  /** Key of the recipe, as JSON on one line; absent if nothing was pruned. */
  public static final String RECIPE = "recipe";

  /** Key of the SHA-256 of the recipe's canonical text, 64 hexadecimal digits. */
  public static final String RECIPE_SHA256 = "recipe-sha256";

  /** Begin of the key of a layer's sparsity, before the path of its weight. */
  public static final String SPARSITY = "sparsity-";

  /** Key of the epochs that were trained, fewer than asked for if training stopped early. */
  public static final String EPOCHS = "epochs-trained";

  /** Key of the epoch, from 1, whose weights the model has. */
  public static final String CHOSEN_EPOCH = "chosen-epoch";

  /** Key of DJL's version. */
  public static final String DJL_VERSION = "djl-version";

  /** Key of the name of DJL's engine. */
  public static final String ENGINE = "engine";

  /** Key of the version of DJL's engine. */
  public static final String ENGINE_VERSION = "engine-version";

  private TrainingProvenance() {}

  /**
   * Returns the values of a training.
   *
   * @param recipe null if nothing was pruned
   */
  static Map<String, Provenance> of(Recipe recipe, TrainingOutcome outcome) {
    Map<String, Provenance> values = new TreeMap<>();
    if (recipe != null) {
      text(values, RECIPE, RecipeLine.of(recipe));
      text(values, RECIPE_SHA256, recipe.sha256());
    }
    for (WeightCount count : outcome.network().weights()) {
      String key = SPARSITY + count.name();
      values.put(key, new DoubleProvenance(key, count.sparsity()));
    }
    values.put(EPOCHS, new IntProvenance(EPOCHS, outcome.epochs()));
    values.put(CHOSEN_EPOCH, new IntProvenance(CHOSEN_EPOCH, outcome.chosenEpoch()));
    text(values, DJL_VERSION, String.valueOf(Engine.getDjlVersion()));
    text(values, ENGINE, Engine.getInstance().getEngineName());
    text(values, ENGINE_VERSION, String.valueOf(Engine.getInstance().getVersion()));
    return values;
  }

  private static void text(Map<String, Provenance> values, String key, String value) {
    values.put(key, new StringProvenance(key, value));
  }
}
