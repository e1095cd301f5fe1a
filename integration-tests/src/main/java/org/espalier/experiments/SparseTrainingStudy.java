package org.espalier.experiments;

import java.util.List;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.model.LearningRateShape;
import org.espalier.examples.model.TrainingSettings;
import picocli.CommandLine.Command;

/** Training with a fixed number of weights, compared with pruning: LeNet-300-100 on MNIST. */
@Command(
    name = "sparse-training",
    description = "Compares static masks, drop and grow, and pruning, LeNet-300-100 on MNIST.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class SparseTrainingStudy extends ComparisonStudy {

  SparseTrainingStudy() {
    super(
        List.of(SparseMethod.values()),
        SparseTrainingStudy::training,
        DataSource.MNIST,
        "sparse-training",
        "Sparse training, LeNet-300-100 on MNIST",
        20,
        List.of(0.9, 0.95, 0.98));
  }

  /** Those of sparse momentum (Dettmers and Zettlemoyer 2019), but for the shape of the rate. */
  private static Training training(int epochs) {
    return Training.of(
        "lenet-300-100",
        new TrainingSettings(100, epochs, 0.1f, 0.9f, 5e-4f, LearningRateShape.COSINE));
  }
}
