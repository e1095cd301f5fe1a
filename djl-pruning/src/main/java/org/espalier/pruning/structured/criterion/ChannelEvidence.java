package org.espalier.pruning.structured.criterion;

import ai.djl.training.loss.Loss;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.Recipe;
import org.espalier.pruning.core.config.Component;
import org.espalier.pruning.core.criterion.Criterion;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.core.criterion.TrackingCriterion;
import org.espalier.pruning.djl.StandardCollectors;
import org.espalier.pruning.djl.evidence.Measurement;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.structured.StructuredNetwork;
import org.espalier.sparse.InvalidInputException;

/**
 * What criteria may look at besides weights.
 *
 * @param loss of the training; only asked by criteria that need gradients
 * @param samples batches to measure on, on the device of the network; they stay the caller's. May
 *     be empty for criteria that look at weights alone
 * @param tracks what criteria have watched in training, by parameter path, a slash and the type of
 *     the criterion, as {@link org.espalier.pruning.djl.SessionMemory#tracks} has them
 * @param seed of random choices
 */
public record ChannelEvidence(
    Loss loss, List<Sample> samples, Map<String, double[]> tracks, long seed) {

  /** Nothing but weights. */
  public static final ChannelEvidence NONE =
      new ChannelEvidence(Loss.softmaxCrossEntropyLoss(), List.of(), Map.of(), Recipe.DEFAULT_SEED);

  /** Copies list and map; the numbers are shared. */
  public ChannelEvidence {
    samples = List.copyOf(samples);
    tracks = Map.copyOf(tracks);
  }

  /** Measures on some batches. */
  public static ChannelEvidence of(Loss loss, List<Sample> samples) {
    return new ChannelEvidence(loss, samples, Map.of(), Recipe.DEFAULT_SEED);
  }

  /** Returns the same with what criteria have watched in training. */
  public ChannelEvidence withTracks(Map<String, double[]> other) {
    return new ChannelEvidence(loss, samples, other, seed);
  }

  /** Returns the same with another seed. */
  public ChannelEvidence withSeed(long other) {
    return new ChannelEvidence(loss, samples, tracks, other);
  }

  /**
   * Measures what a criterion needs, on the network standing still.
   *
   * @param paths of the parameters to measure for
   * @throws InvalidInputException if it needs samples and there are none, or what cannot be had
   */
  Map<String, Map<Statistic, float[]>> measure(
      StructuredNetwork network, Criterion criterion, Set<String> paths) {
    Set<Statistic> needs = criterion.needs();
    if (needs.stream().anyMatch(Statistic::needsData)) {
      requireSamples(criterion);
    }
    if (needs.isEmpty()) {
      return new HashMap<>();
    }
    Probe probe = new Probe(network.block(), loss, samples, Map.of(), seed);
    return Measurement.of(StandardCollectors.all(), probe, needs, paths);
  }

  /** Refuses to have nothing to measure a criterion on. */
  void requireSamples(Component criterion) {
    if (samples.isEmpty()) {
      throw new InvalidInputException(
          "criterion '" + criterion.type() + "'",
          "batches to measure on",
          "none",
          "give a loss and samples (ChannelEvidence.of), or choose a criterion of weights alone");
    }
  }

  /**
   * Returns what a criterion has watched of a parameter.
   *
   * @throws InvalidInputException if it has not
   */
  double[] track(TrackingCriterion criterion, String path, int elements) {
    double[] track = tracks.get(path + "/" + criterion.type());
    if (track == null || track.length != elements) {
      throw new InvalidInputException(
          "criterion '" + criterion.type() + "'",
          elements + " numbers that it has watched of " + path,
          track == null ? "none" : track.length + "",
          "train with a PruningListener whose recipe has this criterion, and give the tracks of"
              + " its session's memory (ChannelEvidence.withTracks)");
    }
    return track;
  }
}
