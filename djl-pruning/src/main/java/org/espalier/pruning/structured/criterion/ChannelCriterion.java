package org.espalier.pruning.structured.criterion;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.pruning.core.config.ConfigText;
import org.espalier.pruning.core.criterion.Criteria;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.structured.ChannelGroup;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Aggregate;

/**
 * How channels are scored: every weight in reach by a criterion, then all of them as one.
 *
 * <ul>
 *   <li>{@code magnitude} over rows, summed: the L1 norm of filters (H. Li et al., "Pruning Filters
 *       for Efficient ConvNets", ICLR 2017, section 3.1); with {@code l2} the L2 norm. Over all
 *       weights of the group it is the group norm of G. Fang et al., "DepGraph: Towards Any
 *       Structural Pruning", CVPR 2023, section 3.3, in L1 or L2.
 *   <li>{@code taylor}, {@code movement}, {@code obd}, {@code fisher} and others that score single
 *       weights, summed over the group; {@code taylor} in the form {@code signed} with {@code
 *       squared-sum} is (Σ g w)² of P. Molchanov et al., "Importance Estimation for Neural Network
 *       Pruning", CVPR 2019, equation 8.
 *   <li>{@code apoz}, {@code bn-scale}, {@code bn-gate}, {@code gate-gradient}, {@code fpgm},
 *       {@code taylor-activation} score features: one number for each row, of which a channel takes
 *       the mean, over the layers that it joins, unless told otherwise.
 *   <li>{@code contribution-variance} over columns, summed: what the layers that read a channel
 *       would lose of their variance (G. Thimm, E. Fiesler, "Evaluating pruning methods", 1995).
 * </ul>
 *
 * @param criterion that scores weights
 * @param reach which of them
 * @param aggregate how they become one score; over the entries in reach, in the order of the
 *     group's members, each entry once; of a criterion of features, over rows
 */
public record ChannelCriterion(Criterion criterion, Reach reach, Aggregate aggregate)
    implements GroupCriterion {

  /** Refuses nulls, and a criterion of features with another reach than rows. */
  public ChannelCriterion {
    Objects.requireNonNull(criterion, "criterion");
    Objects.requireNonNull(reach, "reach");
    Objects.requireNonNull(aggregate, "aggregate");
    if (criterion.perFeature() && reach != Reach.ROWS) {
      throw new InvalidInputException(
          "reach",
          "rows, as the criterion '" + criterion.type() + "' scores what rows put out",
          reach.text(),
          "leave it out, or choose a criterion that scores weights");
    }
  }

  /** Scores rows: the sum over weights, the mean where a criterion scores features. */
  public static ChannelCriterion of(Criterion criterion) {
    return new ChannelCriterion(
        criterion, Reach.ROWS, criterion.perFeature() ? Aggregate.MEAN : Aggregate.SUM);
  }

  /**
   * Reads a criterion as recipes write it: {@code magnitude}, {@code {type: taylor, form:
   * squared}}.
   *
   * @throws InvalidInputException if there is no such criterion, or a parameter is wrong
   */
  public static ChannelCriterion parse(String text) {
    return of(ConfigText.parse("criterion", text).build(Criteria.REGISTRY::read));
  }

  @Override
  public String type() {
    return criterion.type();
  }

  @Override
  public Map<String, Object> parameters() {
    return criterion.parameters();
  }

  @Override
  public List<GroupScores> score(
      StructuredNetwork network, List<ChannelGroup> groups, ChannelEvidence evidence) {
    return ChannelScores.of(network, groups, this, evidence);
  }

  /** Returns the same with other entries. */
  public ChannelCriterion over(Reach other) {
    return new ChannelCriterion(criterion, other, aggregate);
  }

  /** Returns the same with another way to make one score of them. */
  public ChannelCriterion by(Aggregate other) {
    return new ChannelCriterion(criterion, reach, other);
  }
}
