package org.espalier.pruning.core.criterion;

import java.util.List;
import org.espalier.pruning.core.config.Entry;

/**
 * Criteria of a third party, found by {@link java.util.ServiceLoader}: name the implementing class,
 * which needs a public constructor without arguments, in the jar's file {@code
 * META-INF/services/org.espalier.pruning.core.criterion.CriterionProvider}. Recipes and the command
 * line then know them by name, next to Espalier's own.
 */
public interface CriterionProvider {

  /** Returns what to register; names must differ from all others. */
  List<Entry<Criterion>> criteria();
}
