package org.espalier.tribuo;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * Seeded data of which few features matter: 3 classes or 2 targets, 40 features, the first 9 of
 * which carry all that can be learned.
 */
public final class GeneratedData {

  public static final int CLASSES = 3;
  public static final int FEATURES = 40;
  public static final int TARGETS = 2;
  private static final int INFORMATIVE = 9;

  // Held, since the log manager does not: a collected logger would forget its level.
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("org.tribuo"), Logger.getLogger("com.oracle.labs.mlrg.olcut"));

  private GeneratedData() {}

  /** Tribuo tells of every training; tests print nothing. */
  public static void silenceTribuo() {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
  }

  /** Gaussian noise around a mean of 1.5 for the informative features of the class. */
  public static MutableDataset<Label> labels(int examples, long seed) {
    return labels(examples, seed, 1);
  }

  /**
   * @param share of the features that an example has; below 1 gradients are sparse
   */
  public static MutableDataset<Label> labels(int examples, long seed, double share) {
    Random random = new Random(seed);
    List<Example<Label>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      int label = e % CLASSES;
      ArrayExample<Label> example = new ArrayExample<>(new Label("class-" + label));
      for (int f = 0; f < FEATURES; f++) {
        boolean mine = f < INFORMATIVE && f % CLASSES == label;
        double value = random.nextGaussian() + (mine ? 1.5 : 0);
        if (share == 1 || random.nextDouble() < share || f == e % FEATURES) {
          example.add(name(f), value);
        }
      }
      list.add(example);
    }
    return dataset(list, new LabelFactory());
  }

  /** Two targets, each a sum of some informative features with weights +-2, and little noise. */
  public static MutableDataset<Regressor> targets(int examples, long seed) {
    Random random = new Random(seed);
    String[] names = {"first", "second"};
    List<Example<Regressor>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      double[] features = random.doubles(FEATURES, -1, 1).toArray();
      double[] values = new double[TARGETS];
      for (int f = 0; f < INFORMATIVE; f++) {
        values[f % TARGETS] += f % 4 < 2 ? 2 * features[f] : -2 * features[f];
      }
      for (int t = 0; t < TARGETS; t++) {
        values[t] += 0.1 * random.nextGaussian();
      }
      ArrayExample<Regressor> example = new ArrayExample<>(new Regressor(names, values));
      for (int f = 0; f < FEATURES; f++) {
        example.add(name(f), features[f]);
      }
      list.add(example);
    }
    return dataset(list, new RegressionFactory());
  }

  /** Of the labels "a", "b" and "c", those whose three features of the first nine sum above 0. */
  public static MutableDataset<MultiLabel> labelSets(int examples, long seed) {
    Random random = new Random(seed);
    List<Example<MultiLabel>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      double[] features = random.doubles(FEATURES, -1, 1).toArray();
      Set<Label> labels = new HashSet<>();
      for (int c = 0; c < CLASSES; c++) {
        if (features[c] + features[c + CLASSES] + features[c + 2 * CLASSES] > 0) {
          labels.add(new Label("abc".substring(c, c + 1)));
        }
      }
      ArrayExample<MultiLabel> example = new ArrayExample<>(new MultiLabel(labels));
      for (int f = 0; f < FEATURES; f++) {
        example.add(name(f), features[f]);
      }
      list.add(example);
    }
    return dataset(list, new MultiLabelFactory());
  }

  private static String name(int feature) {
    return "f%02d".formatted(feature);
  }

  private static <T extends Output<T>> MutableDataset<T> dataset(
      List<Example<T>> examples, OutputFactory<T> factory) {
    OffsetDateTime when = OffsetDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    return new MutableDataset<>(
        examples, new SimpleDataSourceProvenance("generated", when, factory), factory);
  }
}
