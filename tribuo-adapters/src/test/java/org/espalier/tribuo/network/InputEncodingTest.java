package org.espalier.tribuo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/** Where features go and what their values become. */
class InputEncodingTest {

  private static EncodedExample example(float weight, int[] positions, float... values) {
    return new EncodedExample(positions, values, weight);
  }

  @Test
  void standardisedByWeights() {
    // Feature 0: 2 at weight 1, absent at weight 3: mean 0.5, variance (1.5² + 3 * 0.5²) / 4 =
    // 0.75.
    // Feature 1: always 7: shifted only.
    var examples = List.of(example(1, new int[] {0, 1}, 2, 7), example(3, new int[] {1}, 7));
    InputScaling scaling = FeatureScaling.STANDARDISE.fit(examples, 2);
    assertArrayEquals(new float[] {-0.5f, -7}, scaling.shifts());
    assertArrayEquals(new float[] {(float) (1 / Math.sqrt(0.75)), 1}, scaling.factors(), 1e-6f);
    assertEquals(1.5f / (float) Math.sqrt(0.75), scaling.apply(0, 2), 1e-6f);
    InputEncoder encoder =
        new InputEncoder(new InputLayout(new int[] {2}, new int[] {0, 1}), scaling);
    float absent = scaling.apply(0, 0);
    assertArrayEquals(new float[] {absent, -7}, encoder.empty());
    assertArrayEquals(
        new float[] {scaling.apply(0, 2), absent, 0, 0},
        encoder.featureMajor(examples.toArray(EncodedExample[]::new)));
  }

  @Test
  void dividedByTheLargest() {
    var examples = List.of(example(1, new int[] {0}, -8), example(1, new int[] {1}, 4));
    InputScaling scaling = FeatureScaling.LARGEST.fit(examples, 2);
    assertEquals(0.5f, scaling.apply(1, 4));
    assertEquals(-1f, scaling.apply(0, -8));
    assertEquals(3f, FeatureScaling.NONE.fit(examples, 2).apply(0, 3));
  }

  @Test
  void pixelsGoByTheirNamesNotByTheirIds() {
    // Pixel 2 is black in all examples: Tribuo gives the ids 0, 1, 2 to the pixels 0, 1, 3.
    ArrayExample<Label> example = new ArrayExample<>(new Label("a"));
    example.add("000", 5);
    example.add("001", 6);
    example.add("003", 7);
    MutableDataset<Label> data = ToyData.dataset(List.of(example), new LabelFactory());
    InputLayout layout = InputLayout.image(new int[] {1, 2, 2}, 0, data.getFeatureIDMap());
    assertArrayEquals(new int[] {0, 1, 3}, layout.positions());
    EncodedExample encoded = InputEncoder.encode(layout, data.getFeatureIDMap(), example);
    assertArrayEquals(
        new float[] {5, 6, 0, 7},
        new InputEncoder(layout, InputScaling.identity(4)).featureMajor(encoded));
    // Counted from 1, a pixel 000 is none.
    assertThrows(
        IllegalArgumentException.class,
        () -> InputLayout.image(new int[] {1, 2, 2}, 1, data.getFeatureIDMap()));
  }

  @Test
  void targetsByWeights() {
    // 1 at weight 3, 5 at weight 1: mean 2, variance (3 * 1 + 9) / 4 = 3; a constant keeps size 1.
    OutputScaling scaling = OutputScaling.fit(new float[] {1, 4, 5, 4}, new float[] {3, 1});
    assertArrayEquals(new double[] {2, 4}, scaling.means());
    assertArrayEquals(new double[] {Math.sqrt(3), 1}, scaling.deviations(), 1e-12);
    assertEquals(5, scaling.apply(0, scaling.invert(0, 5)), 1e-6);
  }

  @Test
  void batchesOfAnEpoch() {
    BatchCuts cuts = new BatchCuts(65, 32);
    // 32 and 33: a rest of one is none.
    assertEquals(2, cuts.count());
    assertEquals(32, cuts.begin(1));
    assertEquals(65, cuts.end(1));
    assertEquals(3, new BatchCuts(66, 32).count());
    assertEquals(1, new BatchCuts(1, 32).count());
    assertEquals(2, new BatchCuts(2, 1).count());
  }

  @Test
  void positionsThatAreTakenAreRefused() {
    int[] shape = {2};
    assertThrows(InvalidInputException.class, () -> new InputLayout(shape, new int[] {0, 0}));
    assertThrows(InvalidInputException.class, () -> new InputLayout(shape, new int[] {2}));
  }
}
