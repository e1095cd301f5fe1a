package org.espalier.experiments.tribuo;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import java.util.List;
import org.tribuo.data.columnar.ColumnarFeature;
import org.tribuo.data.columnar.FieldProcessor;

/**
 * A category as a feature of its own, as Tribuo's {@code IdentityProcessor} makes it; "?", which
 * means that it is not known, gives none.
 */
public final class CategoryProcessor implements FieldProcessor {

  /** What stands where a value is missing. */
  private static final String MISSING = "?";

  @Config(mandatory = true, description = "The field to read.")
  private String fieldName;

  /** For OLCUT, which sets the field. */
  private CategoryProcessor() {}

  /** Reads the field of this name. */
  public CategoryProcessor(String fieldName) {
    this.fieldName = fieldName;
  }

  @Override
  public String getFieldName() {
    return fieldName;
  }

  @Override
  public List<ColumnarFeature> process(String value) {
    String category = value.trim();
    return category.isEmpty() || category.equals(MISSING)
        ? List.of()
        : List.of(new ColumnarFeature(fieldName, category, 1));
  }

  @Override
  public GeneratedFeatureType getFeatureType() {
    return GeneratedFeatureType.CATEGORICAL;
  }

  @Override
  public FieldProcessor copy(String newFieldName) {
    return new CategoryProcessor(newFieldName);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return new ConfiguredObjectProvenanceImpl(this, "FieldProcessor");
  }
}
