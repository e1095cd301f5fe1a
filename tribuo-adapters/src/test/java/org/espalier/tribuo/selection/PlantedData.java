package org.espalier.tribuo.selection;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Seeded data of 12 features, of which it is known which ones the outputs are made of. */
final class PlantedData {

  static final int FEATURES = 12;

  // Held, since the log manager does not: a collected logger would forget its level.
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("org.tribuo"), Logger.getLogger("com.oracle.labs.mlrg.olcut"));

  private PlantedData() {}

  static void silenceTribuo() {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
  }

  static String name(int feature) {
    return "f%02d".formatted(feature);
  }

  /** Three classes by a linear function of features 2, 5 and 9. */
  static final Set<String> LINEAR = Set.of("f02", "f05", "f09");

  static MutableDataset<Label> linearLabels(int examples) {
    return labels(
        examples,
        x -> {
          double sum = x[2] - 1.5 * x[5] + x[9];
          return sum < -0.7 ? "low" : sum > 0.7 ? "high" : "middle";
        });
  }

  /** Two classes by whether the signs of features 3 and 8 differ. */
  static final Set<String> XOR = Set.of("f03", "f08");

  static MutableDataset<Label> xorLabels(int examples) {
    return labels(examples, x -> x[3] > 0 != x[8] > 0 ? "odd" : "even");
  }

  /** Two numbers, each linear in some of features 2, 5 and 9, of quite different sizes. */
  static MutableDataset<Regressor> linearNumbers(int examples) {
    return numbers(
        examples,
        2,
        (x, random) ->
            new double[] {
              x[2] + 2 * x[5] + 0.1 * random.nextGaussian(),
              1000 * (x[9] - x[5]) + 100 * random.nextGaussian()
            });
  }

  /** A number that is the product of features 3 and 8. */
  static MutableDataset<Regressor> productNumbers(int examples) {
    return numbers(
        examples, 1, (x, random) -> new double[] {x[3] * x[8] + 0.05 * random.nextGaussian()});
  }

  /**
   * J. Friedman, "Multivariate adaptive regression splines", Annals of Statistics 19 (1991), eq.
   * 61: y = 10 sin(π x₀ x₁) + 20 (x₂ − ½)² + 10 x₃ + 5 x₄ + noise, all features uniform on [0, 1].
   */
  static final Set<String> FRIEDMAN = Set.of("f00", "f01", "f02", "f03", "f04");

  static MutableDataset<Regressor> friedman(int examples) {
    return numbers(
        examples,
        1,
        (x, random) -> {
          double[] u = new double[5];
          for (int i = 0; i < 5; i++) {
            u[i] = (x[i] / Math.sqrt(3) + 1) / 2;
          }
          double bump = u[2] - 0.5;
          return new double[] {
            10 * Math.sin(Math.PI * u[0] * u[1])
                + 20 * bump * bump
                + 10 * u[3]
                + 5 * u[4]
                + random.nextGaussian()
          };
        });
  }

  private interface Numbers {
    double[] of(double[] features, Random random);
  }

  private static MutableDataset<Label> labels(int examples, Function<double[], String> label) {
    Random random = new Random(examples);
    List<Example<Label>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      double[] x = features(random);
      list.add(example(new Label(label.apply(x)), x));
    }
    return dataset(list, new LabelFactory());
  }

  private static MutableDataset<Regressor> numbers(int examples, int outputs, Numbers numbers) {
    Random random = new Random(examples);
    String[] names = outputs == 1 ? new String[] {"y"} : new String[] {"y0", "y1"};
    List<Example<Regressor>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      double[] x = features(random);
      list.add(example(new Regressor(names, numbers.of(x, random)), x));
    }
    return dataset(list, new RegressionFactory());
  }

  /** Uniform with mean 0 and variance 1. */
  private static double[] features(Random random) {
    return random.doubles(FEATURES, -Math.sqrt(3), Math.sqrt(3)).toArray();
  }

  static <T extends Output<T>> Example<T> example(T output, double... features) {
    ArrayExample<T> example = new ArrayExample<>(output);
    for (int f = 0; f < features.length; f++) {
      // Scale and shift must not matter.
      example.add(name(f), features[f] * (f + 1) + f);
    }
    return example;
  }

  static <T extends Output<T>> MutableDataset<T> dataset(
      List<Example<T>> examples, OutputFactory<T> factory) {
    OffsetDateTime when = OffsetDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    return new MutableDataset<>(
        examples, new SimpleDataSourceProvenance("planted", when, factory), factory);
  }
}
