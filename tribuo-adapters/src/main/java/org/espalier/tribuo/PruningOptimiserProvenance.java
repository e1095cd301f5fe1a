package org.espalier.tribuo;

import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceException;
import com.oracle.labs.mlrg.olcut.provenance.impl.SkeletalConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a pruned model comes from: the properties of its {@link PruningOptimiser}, which hold the
 * text of the recipe, and two values that tell recipes apart.
 */
public final class PruningOptimiserProvenance extends SkeletalConfiguredObjectProvenance {

  /** Key of the SHA-256 of the recipe's canonical text, 64 hexadecimal digits. */
  public static final String RECIPE_SHA256 = "recipe-sha256";

  /** Key of what the recipe was made from: a file's path, or {@code properties}. */
  public static final String RECIPE_SOURCE = "recipe-source";

  private static final long serialVersionUID = 1L;

  private final StringProvenance sha256;
  private final StringProvenance source;

  PruningOptimiserProvenance(PruningOptimiser host, String sha256, String source) {
    super(host, "StochasticGradientOptimiser");
    this.sha256 = new StringProvenance(RECIPE_SHA256, sha256);
    this.source = new StringProvenance(RECIPE_SOURCE, source);
  }

  /**
   * Reads a provenance back; called by OLCUT.
   *
   * @throws ProvenanceException if an entry is missing
   */
  public PruningOptimiserProvenance(Map<String, Provenance> map) {
    this(split(map));
  }

  private PruningOptimiserProvenance(ExtractedInfo info) {
    super(info);
    this.sha256 = value(info, RECIPE_SHA256);
    this.source = value(info, RECIPE_SOURCE);
  }

  private static StringProvenance value(ExtractedInfo info, String key) {
    return checkAndExtractProvenance(
        info, key, StringProvenance.class, PruningOptimiserProvenance.class.getName());
  }

  private static ExtractedInfo split(Map<String, Provenance> map) {
    Map<String, Provenance> configured = new HashMap<>(map);
    Map<String, PrimitiveProvenance<?>> values = new HashMap<>();
    values.put(RECIPE_SHA256, remove(configured, RECIPE_SHA256));
    values.put(RECIPE_SOURCE, remove(configured, RECIPE_SOURCE));
    return new ExtractedInfo(
        remove(configured, ObjectProvenance.CLASS_NAME).getValue(),
        remove(configured, HOST_SHORT_NAME).getValue(),
        configured,
        values);
  }

  private static StringProvenance remove(Map<String, Provenance> map, String key) {
    if (map.remove(key) instanceof StringProvenance value) {
      return value;
    }
    throw new ProvenanceException(
        "no text '" + key + "' in a " + PruningOptimiserProvenance.class.getSimpleName());
  }

  /** Returns the SHA-256 of the recipe's canonical text, as 64 hexadecimal digits. */
  public String recipeSha256() {
    return sha256.getValue();
  }

  /** Returns the path of the file that the recipe was read from, or {@code properties}. */
  public String recipeSource() {
    return source.getValue();
  }

  @Override
  public Map<String, PrimitiveProvenance<?>> getInstanceValues() {
    Map<String, PrimitiveProvenance<?>> values = super.getInstanceValues();
    values.put(RECIPE_SHA256, sha256);
    values.put(RECIPE_SOURCE, source);
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PruningOptimiserProvenance provenance
        && super.equals(other)
        && sha256.equals(provenance.sha256)
        && source.equals(provenance.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), sha256, source);
  }
}
