package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.espalier.tribuo.PruningOptimiser;
import org.espalier.tribuo.onnx.SparseConstants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.ensemble.EnsembleCombiner;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.interop.onnx.LabelTransformer;
import org.tribuo.interop.onnx.MultiLabelTransformer;
import org.tribuo.interop.onnx.OutputTransformer;
import org.tribuo.interop.onnx.RegressorTransformer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.ensemble.MultiLabelVotingCombiner;
import org.tribuo.regression.ensemble.AveragingCombiner;

/** Ensembles of sparse networks and pruned linear models, exported by Tribuo. */
class TribuoExportTest {

  /** Held, so that the level stays: Tribuo tells of everything that it trains. */
  private static final Logger QUIET = Logger.getLogger("org.tribuo");

  @TempDir Path folder;

  @BeforeAll
  static void silence() {
    QUIET.setLevel(Level.WARNING);
  }

  private static <T extends Output<T>> SparseNetworkTrainer<T> trainer(
      OutputAdapter<T> adapter, int units) {
    return SparseNetworkTrainer.builder(new DenseNetworkSpec(units), adapter)
        .optOptimizer(OptimizerSpec.adam(0.01))
        .optEpochs(4)
        .optSparsity(0.8)
        .build();
  }

  private <T extends Output<T>> void assertExports(
      WeightedEnsembleModel<T> model, OutputTransformer<T> transformer, Dataset<T> examples)
      throws IOException {
    Path file = folder.resolve("ensemble.onnx");
    model.saveONNXModel("org.example", 1, file);
    OnnxAgreement.assertAgrees(model, file, transformer, examples);
    SparseConstants.saveONNXModel(model, "org.example", 1, file);
    OnnxAgreement.assertAgrees(model, file, transformer, examples);
  }

  private static <T extends Output<T>> WeightedEnsembleModel<T> pair(
      OutputAdapter<T> adapter, EnsembleCombiner<T> combiner, Dataset<T> data) {
    List<Model<T>> members =
        List.of(trainer(adapter, 16).train(data), trainer(adapter, 24).train(data));
    return WeightedEnsembleModel.createEnsembleFromExistingModels(
        "pair", members, combiner, new float[] {0.3f, 0.7f});
  }

  @Test
  void labels() throws IOException {
    var model = pair(new LabelAdapter(), new FullyWeightedVotingCombiner(), ToyData.labels(200, 1));
    assertExports(model, new LabelTransformer(), ToyData.labels(80, 2));
  }

  @Test
  void numbers() throws IOException {
    var model = pair(new RegressorAdapter(), new AveragingCombiner(), ToyData.targets(200, 1));
    assertExports(model, new RegressorTransformer(), ToyData.targets(80, 2));
  }

  @Test
  void labelSets() throws IOException {
    var model =
        pair(new MultiLabelAdapter(), new MultiLabelVotingCombiner(), ToyData.labelSets(200, 1));
    assertExports(model, new MultiLabelTransformer(), ToyData.labelSets(80, 2));
  }

  @Test
  void bagsOfNetworks() throws IOException {
    var bagging =
        new BaggingTrainer<>(trainer(new LabelAdapter(), 16), new VotingCombiner(), 3, 5L);
    var model = (WeightedEnsembleModel<Label>) bagging.train(ToyData.labels(200, 1));
    assertExports(model, new LabelTransformer(), ToyData.labels(80, 2));
  }

  @Test
  void prunedLinearModels() throws IOException {
    var data = ToyData.labels(200, 1);
    // 200 steps; one weight in ten of 2 x 20 stays.
    var pruning = new PruningOptimiser(new AdaGrad(0.1), 0.9, 50, 150, 10);
    var linear = new LinearSGDTrainer(new LogMulticlass(), pruning, 1, -1, 1, 42).train(data);
    var values =
        SparseConstants.of(linear.exportONNXModel("org.example", 1))
            .getGraph()
            .getNode(0)
            .getAttribute(0)
            .getSparseTensor();
    // Tribuo stores features x outputs.
    assertEquals(List.of(20L, 2L), values.getDimsList());
    assertEquals(4, values.getIndices().getInt64DataCount());
    var model =
        WeightedEnsembleModel.createEnsembleFromExistingModels(
            "mixed",
            List.<Model<Label>>of(trainer(new LabelAdapter(), 16).train(data), linear),
            new FullyWeightedVotingCombiner());
    assertExports(model, new LabelTransformer(), ToyData.labels(80, 2));
  }
}
