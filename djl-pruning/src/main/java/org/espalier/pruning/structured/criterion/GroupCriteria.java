package org.espalier.pruning.structured.criterion;

import java.util.List;
import org.espalier.pruning.core.config.Entry;
import org.espalier.pruning.core.config.Registry;
import org.espalier.pruning.core.criterion.Criteria;

/**
 * The criteria that structured recipes can name: those that score weights or features, and those
 * that score whole channels, one line each.
 */
public final class GroupCriteria {

  /** All criteria by name. */
  public static final Registry<GroupCriterion> REGISTRY =
      Criteria.REGISTRY.extended(
          ChannelCriterion::of,
          List.of(
              Entry.of(
                  "gate-importance",
                  "mean over examples of |∂L/∂ξ| for a gate ξ on the channel (Michel et al. 2019)",
                  p -> GateCriterion.IMPORTANCE),
              Entry.of(
                  "gate-sensitivity",
                  "Σ over batches of |∂L/∂ξ|, of hidden units for gates on row and column (Kim &"
                      + " Hassan 2020)",
                  p -> GateCriterion.SENSITIVITY)));

  private GroupCriteria() {}
}
