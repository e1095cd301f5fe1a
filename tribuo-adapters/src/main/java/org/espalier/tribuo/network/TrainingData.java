package org.espalier.tribuo.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;

/**
 * A Tribuo data set as a network is trained with it. What is learned of the sizes of features and
 * targets comes from the training examples alone.
 *
 * @param training to train with
 * @param validation to watch; null for none
 * @param scaling of the targets
 */
record TrainingData(TrainingRows training, TrainingRows validation, OutputScaling scaling) {

  /**
   * Refuses what cannot be trained with, as Tribuo's trainers do.
   *
   * @throws IllegalArgumentException if there are no examples, unknown or other outputs
   */
  static <T extends Output<T>> void require(Dataset<T> examples, OutputAdapter<T> adapter) {
    if (examples.getOutputInfo().getUnknownCount() > 0) {
      throw new IllegalArgumentException(
          "The supplied Dataset contained unknown Outputs, and this Trainer is supervised.");
    }
    if (examples.size() == 0) {
      throw new IllegalArgumentException("The supplied Dataset is empty: nothing can be learned.");
    }
    Output<?> first = examples.getExample(0).getOutput();
    if (!adapter.type().isInstance(first)) {
      throw new IllegalArgumentException(
          "The supplied Dataset has outputs of the class %s, but %s is for those of %s"
              .formatted(
                  first.getClass().getName(),
                  adapter.getClass().getSimpleName(),
                  adapter.type().getName()));
    }
  }

  /**
   * Encodes and splits a data set. Examples of weight 0 take no part.
   *
   * @param validationFraction of the examples, in [0, 1)
   * @param random of the split
   * @throws IllegalArgumentException if a number is not finite, a weight negative, or nothing is
   *     left to train or to validate with
   */
  static <T extends Output<T>> TrainingData of(
      Dataset<T> examples,
      InputLayout layout,
      OutputAdapter<T> adapter,
      FeatureScaling scaling,
      double validationFraction,
      SplittableRandom random) {
    ImmutableFeatureMap features = examples.getFeatureIDMap();
    ImmutableOutputInfo<T> info = examples.getOutputIDInfo();
    List<EncodedExample> encoded = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    int width = adapter.names(info).size();
    for (Example<T> example : examples) {
      EncodedExample row = requireFinite(InputEncoder.encode(layout, features, example));
      if (row.weight() > 0) {
        float[] target = new float[width];
        adapter.write(example.getOutput(), info, target, 0);
        encoded.add(row);
        targets.add(target);
      }
    }
    int[] order = Shuffles.ascending(encoded.size());
    int watched = (int) (validationFraction * order.length);
    if (validationFraction > 0) {
      Shuffles.shuffle(order, random);
    }
    if (order.length - watched < 1 || (validationFraction > 0 && watched < 1)) {
      throw new IllegalArgumentException(
          "%d examples with a weight above 0 leave none to train or to validate with at a"
                  .formatted(order.length)
              + " validation fraction of "
              + validationFraction);
    }
    int[] trained = Arrays.copyOfRange(order, watched, order.length);
    List<EncodedExample> rows = Arrays.stream(trained).mapToObj(encoded::get).toList();
    InputEncoder encoder = new InputEncoder(layout, scaling.fit(rows, layout.size()));
    float[] raw = flat(trained, targets, width);
    OutputScaling outputs =
        adapter.standardises()
            ? OutputScaling.fit(raw, weights(rows))
            : OutputScaling.identity(width);
    return new TrainingData(
        rows(encoder, rows, raw, outputs),
        watched == 0
            ? null
            : rows(
                encoder,
                Arrays.stream(order, 0, watched).mapToObj(encoded::get).toList(),
                flat(Arrays.copyOf(order, watched), targets, width),
                outputs),
        outputs);
  }

  private static EncodedExample requireFinite(EncodedExample example) {
    if (!(example.weight() >= 0 && example.weight() < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "an example has the weight " + example.weight() + "; weights are finite, at least 0");
    }
    example.forEach(
        (at, value) -> {
          if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(
                "a feature has the value " + value + ", which no network can be trained with");
          }
        });
    return example;
  }

  private static float[] weights(List<EncodedExample> rows) {
    float[] weights = new float[rows.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = rows.get(i).weight();
    }
    return weights;
  }

  private static float[] flat(int[] rows, List<float[]> targets, int width) {
    float[] values = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(targets.get(rows[i]), 0, values, i * width, width);
    }
    return values;
  }

  private static TrainingRows rows(
      InputEncoder encoder, List<EncodedExample> rows, float[] raw, OutputScaling scaling) {
    int width = scaling.means().length;
    float[] targets = new float[raw.length];
    for (int i = 0; i < raw.length; i++) {
      targets[i] = scaling.invert(i % width, raw[i]);
    }
    return new TrainingRows(encoder, rows.toArray(EncodedExample[]::new), targets);
  }
}
