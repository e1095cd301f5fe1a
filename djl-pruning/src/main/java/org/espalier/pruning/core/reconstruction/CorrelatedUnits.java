package org.espalier.pruning.core.reconstruction;

import java.util.List;
import org.espalier.sparse.InvalidInputException;

/**
 * Fuses the pair of units whose activations correlate most, again and again: by the regression a_j
 * = α a_i + β, w_ki += α w_kj and b_k += β w_kj. Where a consumer pads with zeros, β is 0: the
 * regression goes through the origin, and the cosine takes the place of the correlation.
 *
 * <p>Source: K. Kameyama, Y. Kosugi, "Neural network pruning by fusing hidden layer units",
 * Transactions of the IEICE E74 (1991) (from memory).
 *
 * @param threshold least absolute correlation of a pair, above 0, at most 1
 */
public record CorrelatedUnits(double threshold) implements Redundancy {

  /** Refuses what is no correlation. */
  public CorrelatedUnits {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new InvalidInputException(
          "threshold",
          "a correlation above 0, at most 1",
          Double.toString(threshold),
          "0.99 fuses what is nearly the same");
    }
  }

  @Override
  public List<Substitution> find(List<Readings> consumers) {
    return new Pairs(consumers) {
      @Override
      double nearness(Readings consumer, int stays, int goes) {
        double squares = square(consumer, stays, stays) * square(consumer, goes, goes);
        return squares > 0 ? Math.abs(square(consumer, stays, goes)) / Math.sqrt(squares) : 0;
      }

      @Override
      StandIn standIn(Readings consumer, int stays, int goes) {
        Moments m = consumer.moments();
        double alpha = square(consumer, stays, goes) / square(consumer, stays, stays);
        double beta = consumer.constants() ? m.mean(goes) - alpha * m.mean(stays) : 0;
        return StandIn.of(consumer.channels(), stays, alpha, beta);
      }
    }.fuse(threshold);
  }

  private static double square(Readings consumer, int a, int b) {
    Moments m = consumer.moments();
    return consumer.constants() ? m.covariance(a, b) : m.product(a, b) / m.rows();
  }
}
