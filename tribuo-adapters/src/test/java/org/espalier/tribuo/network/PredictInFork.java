package org.espalier.tribuo.network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** What a process without DJL's engine does: loads a model and writes the bits of predictions. */
final class PredictInFork {

  private PredictInFork() {}

  /** Arguments: model file, file to write. */
  public static void main(String[] arguments) throws Exception {
    try (var model = (SparseNetworkModel<?>) Model.deserializeFromFile(Path.of(arguments[0]))) {
      Files.write(Path.of(arguments[1]), bits(model));
    }
  }

  /** Returns a line of hexadecimal bits for each of 50 examples. */
  static List<String> bits(SparseNetworkModel<?> model) {
    if (model.outputAdapter() instanceof RegressorAdapter) {
      return model.castModel(Regressor.class).predict(ToyData.targets(50, 9)).stream()
          .map(PredictInFork::numbers)
          .toList();
    }
    boolean images = model.inputLayout().shape().length == 3;
    return model
        .castModel(Label.class)
        .predict(images ? ToyData.images(50, 9) : ToyData.labels(50, 9))
        .stream()
        .map(PredictInFork::scores)
        .toList();
  }

  private static String numbers(Prediction<Regressor> prediction) {
    StringBuilder line = new StringBuilder();
    for (double value : prediction.getOutput().getValues()) {
      line.append(Long.toHexString(Double.doubleToRawLongBits(value))).append(' ');
    }
    return line.toString();
  }

  private static String scores(Prediction<Label> prediction) {
    StringBuilder line = new StringBuilder(prediction.getOutput().getLabel());
    for (Label label : prediction.getOutputScores().values()) {
      line.append(' ').append(Long.toHexString(Double.doubleToRawLongBits(label.getScore())));
    }
    return line.toString();
  }
}
