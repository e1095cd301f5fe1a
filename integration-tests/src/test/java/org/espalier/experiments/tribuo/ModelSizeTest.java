package org.espalier.experiments.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.espalier.tribuo.network.FeatureScaling;
import org.espalier.tribuo.network.LabelAdapter;
import org.espalier.tribuo.network.OptimizerSpec;
import org.espalier.tribuo.network.SparseNetworkModel;
import org.espalier.tribuo.network.WeightCount;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;

/** The contestants on a small data set that anyone can learn: sizes, scores. */
class ModelSizeTest {

  /** Held here: a logger that nothing holds forgets its level. */
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private static final MutableDataset<Label> DATA = SmallData.labels();

  @BeforeAll
  static void silence() {
    TRIBUO.setLevel(Level.WARNING);
  }

  private static List<Contestant<Label>> networks() {
    return new NetworkPlan(
            new int[] {32}, 10, 32, OptimizerSpec.adam(0.01), FeatureScaling.STANDARDISE)
        .contestants(new LabelAdapter());
  }

  private static Model<Label> train(Contestant<Label> who) {
    return who.trainer().apply(1).train(DATA);
  }

  @Test
  void aSparseNetworkIsSmallerByTheBytesOfItsZeros() {
    Model<Label> dense = train(networks().get(0));
    Model<Label> sparse = train(networks().get(1));
    // 640 and 64 weights keep 64 and 6. Dense 4 bytes each; sparse a bit each, in words of 8
    // bytes, and 4 bytes for those that are kept. All else has the same size.
    long zeros =
        ((SparseNetworkModel<Label>) sparse).weights().stream().mapToLong(WeightCount::zeros).sum();
    assertEquals(640 - 64 + 64 - 6, zeros);
    long expected = 4 * (640 + 64) - (80 + 4 * 64 + 8 + 4 * 6);
    assertEquals(expected, ModelSize.learnedBytes(dense) - ModelSize.learnedBytes(sparse), 4.0);
    assertTrue(ModelSize.learnedBytes(dense) < dense.serialize().getSerializedSize());
  }

  @Test
  void baselinesLearn() {
    List<Contestant<Label>> baselines =
        Baselines.of(true, 20, DATA.size(), SmallData.FEATURES).classifiers();
    assertEquals(
        List.of("linear", "linear-pruned", "xgboost", "forest"),
        baselines.stream().map(Contestant::name).toList());
    for (Contestant<Label> who : baselines) {
      Model<Label> model = train(who);
      double accuracy = Measure.accuracy().judge().of(model, DATA);
      assertTrue(accuracy > 90, who.name() + ": " + accuracy);
      long learned = ModelSize.learnedBytes(model);
      assertTrue(
          learned > 0 && learned < model.serialize().getSerializedSize(),
          who.name() + ": " + learned);
    }
    assertEquals(3, Baselines.of(false, 20, DATA.size(), SmallData.FEATURES).classifiers().size());
  }
}
