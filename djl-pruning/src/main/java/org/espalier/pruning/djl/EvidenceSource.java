package org.espalier.pruning.djl;

import ai.djl.nn.Block;
import ai.djl.training.loss.Loss;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.pruning.core.Binding;
import org.espalier.pruning.core.PruningGroup;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.pruning.core.WeightSource;
import org.espalier.pruning.core.WeightTensor;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.Measurement;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.forward.ForwardWeights;
import org.espalier.sparse.mask.Mask;

/**
 * Weights from the devices, and of statistics exactly those that a tensor's group needs: the
 * training's own gradient where that serves, everything else from collectors. Lives for one
 * decision, in which weights stand still; all tensors of a group are measured at once for the same
 * masks.
 */
final class EvidenceSource implements WeightSource {

  /** What a session knows for all its decisions. */
  record Run(
      Binding binding,
      Mirrors mirrors,
      ForwardWeights forward,
      EvidenceSetup setup,
      Map<String, float[]> initialValues,
      Tracks tracks) {}

  /** The measurements of one group under some masks. */
  private record Measured(Map<String, Mask> masks, Map<String, Map<Statistic, float[]>> byPath) {}

  private final Run run;
  private final Gathering gathering;
  private final Block network;
  private final Loss loss;
  private final Map<String, Measured> latest = new HashMap<>();

  EvidenceSource(Run run, Gathering gathering, Block network, Loss loss) {
    this.run = run;
    this.gathering = gathering;
    this.network = network;
    this.loss = loss;
  }

  @Override
  public WeightTensor read(TensorInfo tensor, Map<String, Mask> masks) {
    String path = tensor.name();
    int g = 0;
    while (run.binding().members().get(g).stream().noneMatch(m -> m.name().equals(path))) {
      g++;
    }
    GroupEvidence evidence = run.setup().of(run.binding().recipe().groups().get(g));
    WeightTensor weights =
        WeightTensor.of(path, tensor.shape(), values(path, evidence.group()))
            .withSeed(run.binding().recipe().seed());
    weights = run.tracks().addTo(weights, tensor, evidence.group());
    Set<Statistic> measured = evidence.measured();
    for (Statistic statistic : evidence.group().needs()) {
      float[] numbers;
      if (measured.contains(statistic)) {
        numbers = measured(evidence, g, masks).get(path).get(statistic);
      } else if (statistic == Statistic.INITIAL_VALUE) {
        numbers = run.initialValues().get(path);
      } else {
        numbers = gathering.gradient(path, run.mirrors());
      }
      weights = weights.with(statistic, numbers);
    }
    return weights;
  }

  /** Stored weights; where a rule learns masks, what layers see, which shows them. */
  private float[] values(String path, PruningGroup group) {
    return group.forward().learnsMasks() && run.forward().covers(path)
        ? run.forward().settled(path)
        : run.mirrors().values(path);
  }

  private Map<String, Map<Statistic, float[]>> measured(
      GroupEvidence evidence, int group, Map<String, Mask> masks) {
    Measured known = latest.get(evidence.group().name());
    // The pruner hands over the same map for all tensors of a round; a copy is measured again.
    if (known == null || known.masks() != masks) {
      known = new Measured(masks, measure(evidence, run.binding().members().get(group), masks));
      latest.put(evidence.group().name(), known);
    }
    return known.byPath();
  }

  private Map<String, Map<Statistic, float[]>> measure(
      GroupEvidence evidence, List<TensorInfo> tensors, Map<String, Mask> masks) {
    Set<String> paths = tensors.stream().map(TensorInfo::name).collect(Collectors.toSet());
    Probe probe = new Probe(network, loss, samples(evidence), masks, run.binding().recipe().seed());
    return Measurement.of(run.setup().collectors(), probe, evidence.measured(), paths);
  }

  private List<Sample> samples(GroupEvidence evidence) {
    PruningGroup group = evidence.group();
    return run.setup()
        .given()
        .map(given -> given.subList(0, Math.min(given.size(), group.evidence().batches())))
        .orElseGet(() -> gathering.samples(evidence));
  }
}
