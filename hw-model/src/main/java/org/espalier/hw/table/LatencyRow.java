package org.espalier.hw.table;

import java.util.Objects;
import org.espalier.hw.cost.LatencyQuery;

/**
 * One measurement.
 *
 * @param query what was measured
 * @param meanUs mean time of a run, above 0
 * @param p95Us 95th percentile, above 0
 * @param samples that were taken, at least 1
 */
public record LatencyRow(LatencyQuery query, double meanUs, double p95Us, int samples) {

  /** Checks the ranges. */
  public LatencyRow {
    Objects.requireNonNull(query, "query");
    if (!(meanUs > 0 && p95Us > 0) || Double.isInfinite(meanUs + p95Us) || samples < 1) {
      throw new IllegalArgumentException(
          "no measurement: %s us, %s us, %d samples".formatted(meanUs, p95Us, samples));
    }
  }

  /** Returns the numbers among which a table interpolates, by {@link LatencyTable#AXES}. */
  double[] coordinates() {
    return coordinates(query);
  }

  static double[] coordinates(LatencyQuery query) {
    return new double[] {
      query.sample().m(), query.sample().k(), query.sample().n(), query.density(), query.batch()
    };
  }
}
