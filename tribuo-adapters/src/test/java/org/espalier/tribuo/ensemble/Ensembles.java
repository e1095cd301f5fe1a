package org.espalier.tribuo.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.espalier.tribuo.network.DenseLayer;
import org.espalier.tribuo.network.DenseNetworkSpec;
import org.espalier.tribuo.network.LabelAdapter;
import org.espalier.tribuo.network.OptimizerSpec;
import org.espalier.tribuo.network.OutputAdapter;
import org.espalier.tribuo.network.SparseNetworkModel;
import org.espalier.tribuo.network.SparseNetworkTrainer;
import org.espalier.tribuo.network.SparseNetworkTrainerBuilder;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;

/** Small ensembles, and what tests want to know of them. */
final class Ensembles {

  // Held, since the log manager does not: a collected logger would forget its level.
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("org.tribuo"), Logger.getLogger("com.oracle.labs.mlrg.olcut"));

  private Ensembles() {}

  /** Tribuo tells of every training; tests print nothing. */
  static void silenceTribuo() {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
  }

  /** Weights of 20 x 9, 9 x 5 and 5 x 2 or so, trained for a moment. */
  static <T extends Output<T>> SparseNetworkTrainerBuilder<T> network(OutputAdapter<T> adapter) {
    return SparseNetworkTrainer.builder(new DenseNetworkSpec(9, 5), adapter)
        .optOptimizer(OptimizerSpec.adam(0.01))
        .optEpochs(3);
  }

  static SparseEnsembleTrainer<Label> labels(int members) {
    return new SparseEnsembleTrainer<>(
        network(new LabelAdapter()).build(), new FullyWeightedVotingCombiner(), members);
  }

  /** All weights of all dense layers of a network. */
  static float[] weights(Model<?> network) {
    List<float[]> parts =
        ((SparseNetworkModel<?>) network)
            .layers().stream()
                .filter(DenseLayer.class::isInstance)
                .map(layer -> ((DenseLayer) layer).weights())
                .toList();
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  static List<List<Float>> allWeights(SparseEnsembleModel<?> ensemble) {
    List<List<Float>> all = new ArrayList<>();
    for (Model<?> member : ensemble.getModels()) {
      List<Float> weights = new ArrayList<>();
      for (float weight : weights(member)) {
        weights.add(weight);
      }
      all.add(weights);
    }
    return all;
  }

  /** Which weights of a network live. */
  static String mask(Model<?> network) {
    float[] weights = weights(network);
    boolean[] mask = new boolean[weights.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = weights[i] != 0;
    }
    return Arrays.toString(mask);
  }
}
