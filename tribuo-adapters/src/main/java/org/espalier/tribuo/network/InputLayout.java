package org.espalier.tribuo.network;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.espalier.sparse.InvalidInputException;
import org.espalier.tribuo.onnx.NetworkOperators;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.VariableIDInfo;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXRef;

/**
 * Where the features of a data set stand in the input of a network.
 *
 * @param shape of one example: {features}, or {channels, height, width}; live, not to be written
 * @param positions by feature id, row-major in the shape, each at most once; live, not to be
 *     written
 */
public record InputLayout(int[] shape, int[] positions) implements Serializable {

  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d{1,9})$");

  /**
   * Checks the positions.
   *
   * @throws InvalidInputException if one lies outside of the shape, or is taken twice
   */
  public InputLayout {
    boolean[] taken = new boolean[Shapes.size(shape)];
    for (int position : positions) {
      if (position < 0 || position >= taken.length || taken[position]) {
        throw new InvalidInputException(
            "position of a feature",
            "0 to %d, each at most once".formatted(taken.length - 1),
            position + "",
            "correct the positions");
      }
      taken[position] = true;
    }
  }

  /** Returns the layout whose input is the features in the order of their ids. */
  public static InputLayout flat(ImmutableFeatureMap features) {
    int[] positions = new int[features.size()];
    Arrays.setAll(positions, id -> id);
    return new InputLayout(new int[] {positions.length}, positions);
  }

  /**
   * Returns the layout whose input is an image. A feature's pixel is the number at the end of its
   * name, not its id: Tribuo gives no id to a pixel that is black in all examples.
   *
   * @param shape {channels, height, width}; pixels count through it row-major
   * @param first the number of the first pixel, 0 or 1 as a rule
   * @throws IllegalArgumentException if a feature's name does not end with a number, or with one
   *     that is no pixel or another feature's
   */
  public static InputLayout image(int[] shape, int first, ImmutableFeatureMap features) {
    int[] positions = new int[features.size()];
    String[] owners = new String[Shapes.size(shape)];
    for (int id = 0; id < positions.length; id++) {
      VariableIDInfo feature = features.get(id);
      int pixel = pixel(feature.getName(), first, owners.length);
      if (owners[pixel] != null) {
        throw new IllegalArgumentException(
            "the features '%s' and '%s' are the same pixel %d; the number at the end of each name"
                    .formatted(owners[pixel], feature.getName(), pixel)
                + " must be another");
      }
      owners[pixel] = feature.getName();
      positions[id] = pixel;
    }
    return new InputLayout(shape.clone(), positions);
  }

  private static int pixel(String name, int first, int pixels) {
    Matcher matcher = LAST_NUMBER.matcher(name);
    int pixel = matcher.find() ? Integer.parseInt(matcher.group(1)) - first : -1;
    if (pixel < 0 || pixel >= pixels) {
      throw new IllegalArgumentException(
          "feature '%s' is no pixel: its name must end with a number from %d to %d, that of the"
                  .formatted(name, first, first + pixels - 1)
              + " pixel");
    }
    return pixel;
  }

  /**
   * Writes into an ONNX graph how features come to their places.
   *
   * @param features in the order of their ids, (batch, features)
   * @return (batch, size), 0 where no feature stands
   */
  ONNXRef<?> writePlaces(ONNXRef<?> features) {
    int[] ids = new int[size()];
    Arrays.fill(ids, positions.length);
    for (int id = 0; id < positions.length; id++) {
      ids[positions[id]] = id;
    }
    if (Arrays.equals(ids, IntStream.range(0, positions.length).toArray())) {
      return features;
    }
    ONNXContext graph = features.onnxContext();
    ONNXRef<?> columns = features;
    if (positions.length < ids.length) {
      // A column of zeros behind the features, where the places without a feature point to.
      columns =
          features.apply(
              NetworkOperators.PAD, graph.array("zeros_behind", new long[] {0, 0, 0, 1}), "padded");
    }
    return graph.operation(
        ONNXOperators.GATHER,
        List.of(columns, graph.array("ids", ids)),
        "places",
        Map.of("axis", 1));
  }

  /**
   * Writes into an ONNX graph how values take their shape.
   *
   * @param values (batch, size)
   * @return (batch, shape)
   */
  ONNXRef<?> writeShape(ONNXRef<?> values) {
    if (shape.length == 1) {
      return values;
    }
    long[] extents = new long[shape.length + 1]; // The first, 0, keeps the batch.
    Arrays.setAll(extents, i -> i == 0 ? 0 : shape[i - 1]);
    return values.apply(
        NetworkOperators.RESHAPE, values.onnxContext().array("shape", extents), "shaped");
  }

  /** Returns the values of one example. */
  public int size() {
    return Shapes.size(shape);
  }
}
