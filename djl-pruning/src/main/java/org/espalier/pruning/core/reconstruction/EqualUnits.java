package org.espalier.pruning.core.reconstruction;

import java.util.List;

/**
 * Units that duplicate another, a_i = a_j: w_kj += w_ki; and units that are the opposite of
 * another, a_i = 1 - a_j (as sigmoids are): w_kj -= w_ki, b_k += w_ki. Equal means that the mean
 * square of the difference is at most ε. The lower index stays.
 *
 * <p>Source: J. Sietsma, R. J. F. Dow, "Neural net pruning: why and how", IEEE International
 * Conference on Neural Networks 1988, stage 1 (from memory).
 *
 * @param epsilon largest mean square of a difference, at least 0
 */
public record EqualUnits(double epsilon) implements Redundancy {

  /** Refuses a negative number. */
  public EqualUnits {
    Tolerances.require("epsilon", epsilon);
  }

  @Override
  public List<Substitution> find(List<Readings> consumers) {
    return new Pairs(consumers) {
      @Override
      double nearness(Readings consumer, int stays, int goes) {
        double best = Math.min(difference(consumer, stays, goes), sum(consumer, stays, goes));
        return -best;
      }

      @Override
      StandIn standIn(Readings consumer, int stays, int goes) {
        boolean same = difference(consumer, stays, goes) <= sum(consumer, stays, goes);
        return StandIn.of(consumer.channels(), stays, same ? 1 : -1, same ? 0 : 1);
      }
    }.fuse(-epsilon);
  }

  /** Mean of (a - b)². */
  private static double difference(Readings consumer, int a, int b) {
    Moments m = consumer.moments();
    double cross = m.product(a, b) / m.rows();
    return Math.max(0, m.meanSquare(a) - 2 * cross + m.meanSquare(b));
  }

  /** Mean of (a + b - 1)². */
  private static double sum(Readings consumer, int a, int b) {
    if (!consumer.constants()) {
      return Double.POSITIVE_INFINITY;
    }
    Moments m = consumer.moments();
    double cross = m.product(a, b) / m.rows();
    double squares = m.meanSquare(a) + 2 * cross + m.meanSquare(b);
    return Math.max(0, squares - 2 * m.mean(a) - 2 * m.mean(b) + 1);
  }
}
