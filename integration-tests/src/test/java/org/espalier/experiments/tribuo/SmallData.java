package org.espalier.experiments.tribuo;

import java.util.Random;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A small data set that anyone can learn. */
final class SmallData {

  /** Features of an example. */
  static final int FEATURES = 20;

  private SmallData() {}

  /** Returns 400 examples; the label says whether the first feature is above 0. */
  static MutableDataset<Label> labels() {
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("made in a test", labels), labels);
    Random random = new Random(1);
    String[] names = new String[FEATURES];
    for (int f = 0; f < FEATURES; f++) {
      names[f] = "f%02d".formatted(f);
    }
    for (int i = 0; i < 400; i++) {
      double[] values = random.doubles(FEATURES, -1, 1).toArray();
      data.add(new ArrayExample<>(new Label(values[0] > 0 ? "up" : "down"), names, values));
    }
    return data;
  }
}
