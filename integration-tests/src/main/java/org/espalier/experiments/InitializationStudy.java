package org.espalier.experiments;

import java.util.List;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.model.LearningRateShape;
import org.espalier.examples.model.TrainingSettings;
import picocli.CommandLine.Command;

/** Pruning at initialization, compared: LeNet-300-100 on MNIST. */
@Command(
    name = "initialization",
    description = "Compares ways of pruning at initialization, LeNet-300-100 on MNIST.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class InitializationStudy extends ComparisonStudy {

  InitializationStudy() {
    super(
        List.of(InitializationMethod.values()),
        InitializationStudy::training,
        DataSource.MNIST,
        "initialization",
        "Pruning at initialization, LeNet-300-100 on MNIST",
        12,
        List.of(0.9, 0.95, 0.98, 0.99));
  }

  /** Batch 100, momentum 0.9 and weight decay 5e-4 are SNIP's; the rate is DJL's to bear. */
  private static Training training(int epochs) {
    TrainingSettings settings =
        new TrainingSettings(100, epochs, 0.1f, 0.9f, 5e-4f, LearningRateShape.COSINE);
    return Training.of("lenet-300-100", settings).fromEvenLogits();
  }
}
