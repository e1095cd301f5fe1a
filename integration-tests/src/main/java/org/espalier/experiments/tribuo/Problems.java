package org.espalier.experiments.tribuo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.tribuo.network.FeatureScaling;
import org.espalier.tribuo.network.LabelAdapter;
import org.espalier.tribuo.network.OptimizerSpec;
import org.espalier.tribuo.network.RegressorAdapter;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/**
 * The data sets by name, with the settings of those who learn them. Those that were tuned were
 * tuned by {@code --validate}, which never judges by the test data.
 */
final class Problems {

  private static final Map<String, Loader> LOADERS = new LinkedHashMap<>();

  static {
    LOADERS.put(
        "adult",
        (data, validate) ->
            labels("adult", data.adult(), validate, standardised(8, 128, 64, 32), 10));
    LOADERS.put(
        "optdigits",
        (data, validate) ->
            labels("optdigits", data.optdigits(), validate, standardised(40, 32, 128, 64), 30));
    LOADERS.put(
        "iris",
        (data, validate) ->
            labels("iris", data.iris(), validate, standardised(150, 8, 32, 16), 100));
    LOADERS.put(
        "wine", (data, validate) -> wine(data.wine(), validate, standardised(60, 32, 64, 32)));
    LOADERS.put("mnist", (data, validate) -> labels("mnist", data.mnist(), validate, lenet(), 3));
  }

  private Problems() {}

  /** Reads the files of a data set. */
  private interface Loader {
    Problem<?> load(DataFolder data, boolean validate) throws IOException;
  }

  /** Returns what {@link #load} knows, in the order of the table. */
  static Set<String> names() {
    return LOADERS.keySet();
  }

  /**
   * Reads a data set.
   *
   * @param name one of {@link #names}
   * @param validate whether a part of the training data stands for the test data
   */
  static Problem<?> load(String name, DataFolder data, boolean validate) throws IOException {
    return LOADERS.get(name).load(data, validate);
  }

  private static NetworkPlan standardised(int epochs, int batchSize, int... hidden) {
    return new NetworkPlan(
        hidden, epochs, batchSize, OptimizerSpec.adam(0.001), FeatureScaling.STANDARDISE);
  }

  /** LeNet-300-100. */
  private static NetworkPlan lenet() {
    return new NetworkPlan(
        new int[] {300, 100}, 6, 100, OptimizerSpec.adam(0.001), FeatureScaling.LARGEST);
  }

  private static Problem<Label> labels(
      String name,
      Split<Label> published,
      boolean validate,
      NetworkPlan network,
      int linearEpochs) {
    Split<Label> split = validate ? published.validation() : published;
    Dataset<Label> train = split.trainSet();
    List<Contestant<Label>> contestants = new ArrayList<>(network.contestants(new LabelAdapter()));
    contestants.addAll(
        Baselines.of(
                !name.equals("mnist"), linearEpochs, train.size(), train.getFeatureMap().size())
            .classifiers());
    return new Problem<>(name, train, split.testSet(), Measure.accuracy(), contestants);
  }

  private static Problem<Regressor> wine(
      Split<Regressor> published, boolean validate, NetworkPlan network) {
    Split<Regressor> split = validate ? published.validation() : published;
    Dataset<Regressor> train = split.trainSet();
    List<Contestant<Regressor>> contestants =
        new ArrayList<>(network.contestants(new RegressorAdapter()));
    contestants.addAll(
        Baselines.of(true, 30, train.size(), train.getFeatureMap().size()).regressors());
    return new Problem<>(
        "wine", train, split.testSet(), Measure.rootMeanSquaredError(), contestants);
  }
}
