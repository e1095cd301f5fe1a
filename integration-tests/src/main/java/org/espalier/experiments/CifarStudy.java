package org.espalier.experiments;

import java.util.List;
import org.espalier.examples.data.DataSource;
import org.espalier.examples.model.TrainingSettings;
import picocli.CommandLine.Command;

/** Sparse training of a small residual network on CIFAR-10, as many of its files as there are. */
@Command(
    name = "cifar",
    description = "Compares a static mask, RigL and pruning, ResNet-8 on CIFAR-10.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class CifarStudy extends ComparisonStudy {

  private static final String NETWORK = "resnet-8";

  CifarStudy() {
    super(
        List.of(SparseMethod.DENSE, SparseMethod.STATIC, SparseMethod.RIGL, SparseMethod.GRADUAL),
        epochs -> Training.of(NETWORK, TrainingSettings.defaultsFor(NETWORK).withEpochs(epochs)),
        DataSource.CIFAR10,
        "cifar",
        "Sparse training, ResNet-8 on CIFAR-10",
        TrainingSettings.defaultsFor(NETWORK).epochs(),
        List.of(0.9));
  }
}
