package org.espalier.pruning.core.reconstruction;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Channels that are the same for every input: Var(a_i) <= ε, so that w_ki mean(a_i) goes into the
 * bias of unit k. Where a consumer pads with zeros, only channels whose mean square is at most ε.
 * What rounding to single precision leaves of a variance counts as none.
 *
 * <p>Source: J. Sietsma, R. J. F. Dow, "Neural net pruning: why and how", IEEE International
 * Conference on Neural Networks 1988, stage 1 (from memory).
 *
 * @param epsilon largest variance, at least 0
 */
public record ConstantUnits(double epsilon) implements Redundancy {

  /** Squared relative error of a float, and of sums in double precision, with room to spare. */
  private static final double ROUNDING = 1e-13;

  /** Refuses a negative number. */
  public ConstantUnits {
    Tolerances.require("epsilon", epsilon);
  }

  @Override
  public List<Substitution> find(List<Readings> consumers) {
    int channels = consumers.get(0).channels();
    return IntStream.range(0, channels)
        .mapToObj(channel -> find(consumers, channel))
        .flatMap(Optional::stream)
        .limit(channels - 1)
        .toList();
  }

  /** Returns what stands in for one channel, if it is constant. */
  public Optional<Substitution> find(List<Readings> consumers, int channel) {
    if (!consumers.stream().allMatch(consumer -> isConstant(consumer, channel))) {
      return Optional.empty();
    }
    List<StandIn> means =
        consumers.stream().map(c -> StandIn.of(c.channels(), mean(c, channel))).toList();
    return Optional.of(new Substitution(channel, means));
  }

  private boolean isConstant(Readings consumer, int channel) {
    Moments moments = consumer.moments();
    return consumer.constants()
        ? moments.covariance(channel, channel) <= epsilon + ROUNDING * moments.meanSquare(channel)
        : moments.meanSquare(channel) <= epsilon;
  }

  private static double mean(Readings consumer, int channel) {
    return consumer.constants() ? consumer.moments().mean(channel) : 0;
  }
}
