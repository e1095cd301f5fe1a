package org.espalier.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the published files, where they are at hand. */
class RealDataTest {

  /** The customary constants are those of the full training set: this confirms both. */
  @ParameterizedTest
  @EnumSource(names = {"MNIST", "FASHION_MNIST"})
  void idxFilesHaveTheKnownSizesMeansAndLabels(DataSource source) {
    ImageData data = source.load(RealData.folder(source.label()));
    assertEquals(60_000, data.train().size());
    assertEquals(10_000, data.test().size());
    Normalization measured = Normalization.of(data.train());
    assertEquals(data.normalization().means().get(0), measured.means().get(0), 1e-4f);
    assertEquals(data.normalization().deviations().get(0), measured.deviations().get(0), 1e-4f);
    // The first labels of the two training sets, as published: 5 0 4 1 9 and 9 0 0 3 0.
    int[] expected =
        source == DataSource.MNIST ? new int[] {5, 0, 4, 1, 9} : new int[] {9, 0, 0, 3, 0};
    assertEquals(
        Arrays.toString(expected), Arrays.toString(Arrays.copyOf(data.train().labels(), 5)));
  }

  /** A part of the training batches comes close to the constants of all five. */
  @ParameterizedTest
  @EnumSource(names = "CIFAR10")
  void cifarChannelsAreInOrder(DataSource source) {
    ImageData data = source.load(RealData.folder(source.label()));
    assertEquals(0, data.train().size() % 10_000);
    assertEquals(10_000, data.test().size());
    Normalization measured = Normalization.of(data.train());
    for (int c = 0; c < 3; c++) {
      assertEquals(data.normalization().means().get(c), measured.means().get(c), 5e-3f);
      assertEquals(data.normalization().deviations().get(c), measured.deviations().get(c), 2e-3f);
    }
  }
}
