package org.espalier.pruning.djl.capture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.pruning.djl.evidence.BatchLoss;
import org.espalier.pruning.djl.evidence.Collector;
import org.espalier.pruning.djl.evidence.MaskedCopies;
import org.espalier.pruning.djl.evidence.PassStore;
import org.espalier.pruning.djl.evidence.Probe;
import org.espalier.pruning.djl.evidence.Requests;
import org.espalier.pruning.djl.evidence.Sample;
import org.espalier.pruning.djl.evidence.StillNetwork;

/**
 * Statistics of the batch norm that directly follows a layer, with nothing between them, in the
 * same {@code SequentialBlock}; layers without one are refused.
 *
 * <ul>
 *   <li>{@link Statistic#BN_SCALE}: its γ, with its sign (Liu, Li, Shen, Huang, Yan and Zhang,
 *       "Learning efficient convolutional networks through network slimming", 2017). Needs no data.
 *   <li>{@link Statistic#BN_GATE}: sum over the batches of ∂L/∂γ γ + ∂L/∂β β, with its sign, L
 *       being the loss of a batch as DJL evaluates it (Molchanov, Mallya, Tyree, Frosio and Kautz,
 *       "Importance estimation for neural network pruning", 2019, section 3.2, before squaring).
 *       The gradient is that of training: norms use the statistics of the batch, and the loss sees
 *       the labels as in training; but dropout is off, so that it draws no random numbers. γ and β
 *       count even where the network keeps them fixed.
 * </ul>
 */
public final class BatchNormStatistics implements Collector {

  private record Norm(
      Parameter gamma, Parameter beta, double[] gammaGradient, double[] betaGradient) {

    static Norm after(Layer layer, Statistic statistic) {
      Place place = layer.places().get(0);
      if (layer.places().size() == 1 && place.parent() instanceof SequentialBlock parent) {
        List<Block> siblings = parent.getChildren().values();
        int next = place.index() + 1;
        if (next < siblings.size() && siblings.get(next) instanceof BatchNorm norm) {
          return of(norm, layer, statistic);
        }
      }
      throw layer.refused(
          statistic.key(), "a batch norm directly after it in its SequentialBlock", "none");
    }

    private static Norm of(BatchNorm norm, Layer layer, Statistic statistic) {
      Parameter gamma = norm.getDirectParameters().get("gamma");
      Parameter beta = norm.getDirectParameters().get("beta");
      int channels = layer.extent(0);
      long found = gamma.getArray().size();
      if (found != channels) {
        throw layer.refused(
            statistic.key(), "a batch norm of " + channels + " channels", Long.toString(found));
      }
      return new Norm(gamma, beta, new double[channels], new double[channels]);
    }
  }

  @Override
  public Set<Statistic> provides() {
    return EnumSet.of(Statistic.BN_SCALE, Statistic.BN_GATE);
  }

  @Override
  public Map<String, Map<Statistic, float[]>> collect(
      Probe probe, Set<Statistic> wanted, Set<String> paths) {
    Requests.checkProvided(this, wanted);
    Map<String, Norm> norms = new LinkedHashMap<>();
    Statistic first = wanted.iterator().next();
    Layer.find(probe.network(), paths)
        .forEach((path, layer) -> norms.put(path, Norm.after(layer, first)));
    try (MaskedCopies copies = new MaskedCopies(probe)) {
      if (wanted.contains(Statistic.BN_GATE)) {
        Requests.checkBatches(probe, wanted);
        addGradients(probe, copies, norms.values());
      }
      Map<String, Map<Statistic, float[]>> results = new LinkedHashMap<>();
      norms.forEach((path, norm) -> results.put(path, figures(norm, copies, wanted)));
      return results;
    }
  }

  private static void addGradients(Probe probe, MaskedCopies copies, Collection<Norm> norms) {
    try (StillNetwork still = new StillNetwork(probe.network(), copies)) {
      for (Sample sample : probe.batches()) {
        try (NDManager batch = copies.newManager()) {
          PassStore store = still.pass(batch);
          Map<Parameter, NDArray> leaves = new IdentityHashMap<>();
          for (Norm norm : norms) {
            leaves.computeIfAbsent(norm.gamma(), store::leaf);
            leaves.computeIfAbsent(norm.beta(), store::leaf);
          }
          new BatchLoss(probe.network(), probe.loss(), sample, true).backward(store, batch);
          for (Norm norm : norms) {
            add(leaves.get(norm.gamma()), norm.gammaGradient());
            add(leaves.get(norm.beta()), norm.betaGradient());
          }
        }
      }
    }
  }

  private static void add(NDArray leaf, double[] sums) {
    try (NDArray gradient = leaf.getGradient()) {
      float[] values = gradient.toFloatArray();
      for (int c = 0; c < sums.length; c++) {
        sums[c] += values[c];
      }
    }
  }

  private static Map<Statistic, float[]> figures(
      Norm norm, MaskedCopies copies, Set<Statistic> wanted) {
    float[] gamma = copies.values(norm.gamma());
    Map<Statistic, float[]> figures = new EnumMap<>(Statistic.class);
    if (wanted.contains(Statistic.BN_SCALE)) {
      figures.put(Statistic.BN_SCALE, gamma);
    }
    if (wanted.contains(Statistic.BN_GATE)) {
      figures.put(Statistic.BN_GATE, gate(norm, gamma, copies.values(norm.beta())));
    }
    return figures;
  }

  private static float[] gate(Norm norm, float[] gamma, float[] beta) {
    float[] gate = new float[gamma.length];
    for (int c = 0; c < gate.length; c++) {
      gate[c] = (float) (norm.gammaGradient()[c] * gamma[c] + norm.betaGradient()[c] * beta[c]);
    }
    return gate;
  }
}
