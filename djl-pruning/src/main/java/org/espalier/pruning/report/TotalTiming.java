package org.espalier.pruning.report;

import java.util.List;
import java.util.Objects;

/**
 * A measured speed-up of the whole, and what "the whole" means.
 *
 * @param definition what was timed and how, one sentence without a full stop
 * @param timing what came out
 */
public record TotalTiming(String definition, Timing timing) {

  /** Checks that there is a definition. */
  public TotalTiming {
    Checks.text("definition", definition);
    Objects.requireNonNull(timing, "timing");
  }

  /**
   * Adds up the layers that were measured.
   *
   * @param layers as in {@link Outcome}
   * @param conditions for example {@code batch 128, 1 thread}
   * @return the sum, or null where no layer was measured
   */
  public static TotalTiming ofLayers(List<LayerReport> layers, String conditions) {
    double denseUs = 0;
    double sparseUs = 0;
    int measured = 0;
    for (LayerReport layer : layers) {
      if (layer.measured() != null) {
        denseUs += layer.measured().denseTimeUs();
        sparseUs += layer.measured().sparseTimeUs();
        measured++;
      }
    }
    if (measured == 0) {
      return null;
    }
    String definition =
        "dense time / sparse time, each summed over the %s measured layer%s, %s"
            .formatted(Figures.count(measured), measured == 1 ? "" : "s", conditions);
    return new TotalTiming(definition, new Timing(denseUs, sparseUs));
  }
}
