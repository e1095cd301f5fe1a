package org.espalier.experiments;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.espalier.examples.model.TrainingSettings;
import org.espalier.pruning.core.Recipe;

/**
 * The networks of Deep Compression on MNIST, with what each layer keeps and becomes there.
 *
 * <p>Source: S. Han, H. Mao, W. J. Dally, "Deep Compression", ICLR 2016, tables 1 to 3.
 */
enum PaperNetwork {
  /** Table 2: 266,200 weights, 12 times fewer. */
  LENET_300_100(
      "lenet-300-100",
      40,
      48,
      List.of(
          new Layer("02Linear_weight", 0.08, 3.1, 2.32),
          new Layer("04Linear_weight", 0.09, 3.8, 3.04),
          new Layer("06Linear_weight", 0.26, 15.7, 12.70))),
  /** Table 3: 430,500 weights, 12 times fewer. */
  LENET_5(
      "lenet-5",
      39,
      12,
      List.of(
          new Layer("01Conv2d_weight", 0.66, 78.5, 67.45),
          new Layer("03Conv2d_weight", 0.12, 6.0, 5.28),
          new Layer("06Linear_weight", 0.08, 2.7, 2.45),
          new Layer("08Linear_weight", 0.19, 6.9, 6.13)));

  /**
   * A layer in the paper.
   *
   * @param path of its weight
   * @param density kept fraction
   * @param sharedRate size after sharing (P+Q) in per cent of the dense one
   * @param codedRate size after Huffman coding in per cent of the dense one
   */
  record Layer(String path, double density, double sharedRate, double codedRate) {}

  private final String label;
  private final int paperFactor;
  private final int sparseEpochs;
  private final List<Layer> layers;

  PaperNetwork(String label, int paperFactor, int sparseEpochs, List<Layer> layers) {
    this.label = label;
    this.paperFactor = paperFactor;
    this.sparseEpochs = sparseEpochs;
    this.layers = layers;
  }

  /** Returns the name that the command line knows. */
  String label() {
    return label;
  }

  /** Returns how many times smaller the paper makes it. */
  int paperFactor() {
    return paperFactor;
  }

  /** Returns the layers in the order of the network. */
  List<Layer> layers() {
    return layers;
  }

  /** Returns how it is trained before pruning. */
  TrainingSettings denseSettings() {
    return TrainingSettings.defaultsFor(label);
  }

  /** Returns how it is trained while pruning and after it. */
  TrainingSettings sparseSettings() {
    return denseSettings().withEpochs(sparseEpochs);
  }

  /**
   * Returns the recipe: every layer goes along the cubic curve to its own density over the first
   * half of the training, four decisions an epoch; the second half recovers.
   *
   * @param epochs of the training
   * @param stepsPerEpoch optimizer steps of an epoch
   */
  Recipe recipe(int epochs, int stepsPerEpoch, long seed) {
    String sparsities =
        layers.stream()
            .map(layer -> text("%s: %.2f", layer.path(), 1 - layer.density()))
            .collect(Collectors.joining(", "));
    double target = layers.stream().mapToDouble(layer -> 1 - layer.density()).max().orElseThrow();
    return Recipe.parse(
        text(
            """
            seed: %d
            allocation: {type: table, sparsities: {%s}}
            schedule: {type: cubic, target: %.2f, begin: 0, end: %d, every: %d}
            """,
            seed,
            sparsities,
            target,
            (long) epochs * stepsPerEpoch / 2,
            Math.max(1, stepsPerEpoch / 4)));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
