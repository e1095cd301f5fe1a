package org.espalier.pruning.core.criterion;

import java.util.List;
import java.util.ServiceLoader;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Registry;

/** The criteria that recipes can name: one line each. */
public final class Criteria {

  /** All criteria by name. */
  public static final Registry<Criterion> REGISTRY =
      new Registry<>(
          "criterion",
          List.of(Entry.of("magnitude", "|w| (Han et al. 2015)", p -> Magnitude.INSTANCE)),
          Criteria::fromOtherJars);

  private Criteria() {}

  private static List<Entry<Criterion>> fromOtherJars() {
    return ServiceLoader.load(CriterionProvider.class).stream()
        .flatMap(provider -> provider.get().criteria().stream())
        .toList();
  }
}
