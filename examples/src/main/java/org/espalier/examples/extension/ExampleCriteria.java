package org.espalier.examples.extension;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.CriterionProvider;

/** Registers the criteria of this package; found by name of this class in META-INF/services. */
public final class ExampleCriteria implements CriterionProvider {

  @Override
  public List<Entry<Criterion>> criteria() {
    return List.of(
        Entry.of(
            "relative-importance",
            "|w| / row sum + |w| / column sum (Zhang et al. 2024)",
            p -> RelativeImportance.INSTANCE));
  }
}
