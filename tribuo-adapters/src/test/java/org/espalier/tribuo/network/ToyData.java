package org.espalier.tribuo.network;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

/** Seeded problems that small networks solve: 20 features, the first three of which matter. */
public final class ToyData {

  public static final int FEATURES = 20;

  private ToyData() {}

  /** Label "far" if f00² + f01² is above 1.4, else "near": no linear model does it. */
  public static MutableDataset<Label> labels(int examples, long seed) {
    Random random = new Random(seed);
    List<Example<Label>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      double[] x = features(random);
      list.add(example(new Label(isFar(x) ? "far" : "near"), x));
    }
    return dataset(list, new LabelFactory());
  }

  private static boolean isFar(double[] x) {
    return x[0] * x[0] + x[1] * x[1] > 1.4;
  }

  /** "area" = 1000 + 50 f00 f01 and "sum" = f00 + f02, without noise. */
  public static MutableDataset<Regressor> targets(int examples, long seed) {
    Random random = new Random(seed);
    List<Example<Regressor>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      double[] x = features(random);
      double[] values = {1000 + 50 * x[0] * x[1], x[0] + x[2]};
      list.add(example(new Regressor(new String[] {"area", "sum"}, values), x));
    }
    return dataset(list, new RegressionFactory());
  }

  /** "far" as in {@link #labels}, "up" if f00 is above 0, "right" if f02 is; or none. */
  public static MutableDataset<MultiLabel> labelSets(int examples, long seed) {
    Random random = new Random(seed);
    List<Example<MultiLabel>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      double[] x = features(random);
      Set<Label> labels = new HashSet<>();
      if (isFar(x)) {
        labels.add(new Label("far"));
      }
      if (x[0] > 0) {
        labels.add(new Label("up"));
      }
      if (x[2] > 0) {
        labels.add(new Label("right"));
      }
      list.add(example(new MultiLabel(labels), x));
    }
    return dataset(list, new MultiLabelFactory());
  }

  /** 6 x 6 images with a bright bar of four pixels, "flat" or "upright"; dark pixels are absent. */
  public static MutableDataset<Label> images(int examples, long seed) {
    Random random = new Random(seed);
    List<Example<Label>> list = new ArrayList<>();
    for (int e = 0; e < examples; e++) {
      boolean flat = random.nextBoolean();
      int along = random.nextInt(3);
      int across = random.nextInt(6);
      ArrayExample<Label> example = new ArrayExample<>(new Label(flat ? "flat" : "upright"));
      for (int i = along; i < along + 4; i++) {
        int pixel = flat ? across * 6 + i : i * 6 + across;
        example.add("%03d".formatted(pixel), 200 + random.nextInt(56));
      }
      list.add(example);
    }
    return dataset(list, new LabelFactory());
  }

  private static double[] features(Random random) {
    return random.doubles(FEATURES, -1.2, 1.2).toArray();
  }

  public static <T extends Output<T>> Example<T> example(T output, double... values) {
    ArrayExample<T> example = new ArrayExample<>(output);
    for (int f = 0; f < values.length; f++) {
      example.add("f%02d".formatted(f), values[f]);
    }
    return example;
  }

  public static <T extends Output<T>> MutableDataset<T> dataset(
      List<Example<T>> examples, OutputFactory<T> factory) {
    OffsetDateTime when = OffsetDateTime.of(2025, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    return new MutableDataset<>(
        examples, new SimpleDataSourceProvenance("toy", when, factory), factory);
  }
}
