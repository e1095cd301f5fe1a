package org.espalier.pruning.structured.criterion;

import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.espalier.sparse.InvalidInputException;

/**
 * Which of the slices that go with a channel count for its score. A weight is a parameter of type
 * WEIGHT with at least two axes.
 */
public enum Reach {
  /** Rows of weights (axis 0): filters and units, as most papers have it. */
  ROWS,
  /** Columns of weights (axis 1): what reads the channel. */
  COLUMNS,
  /** Rows and columns of weights. */
  WEIGHTS,
  /**
   * Scales γ of norms, wherever they stand. With {@code magnitude} this is network slimming: Z. Liu
   * et al., "Learning Efficient Convolutional Networks through Network Slimming", ICCV 2017,
   * section 3.
   */
  SCALES,
  /**
   * γ and β of norms. With {@code taylor}, form {@code signed}, and the aggregate {@code
   * squared-sum} this is the gate behind a norm: P. Molchanov et al., "Importance Estimation for
   * Neural Network Pruning", CVPR 2019, section 3.
   */
  NORMS,
  /**
   * All that is trained: weights, biases and norms, the set S of Molchanov et al. 2019, equation 8,
   * for a channel and all that depends on it.
   */
  ALL;

  /** Returns the text form: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the text form.
   *
   * @throws InvalidInputException if there is no such reach
   */
  public static Reach parse(String text) {
    return Arrays.stream(values())
        .filter(reach -> reach.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "reach",
                    "one of "
                        + Arrays.stream(values())
                            .map(Reach::text)
                            .collect(Collectors.joining(", ")),
                    "'" + text + "'",
                    "use one of those"));
  }

  /** Returns whether indices along an axis of a parameter count. */
  boolean covers(Parameter parameter, int axis) {
    Parameter.Type type = parameter.getType();
    boolean weight =
        type == Parameter.Type.WEIGHT && parameter.getArray().getShape().dimension() > 1;
    return switch (this) {
      case ROWS -> weight && axis == 0;
      case COLUMNS -> weight && axis == 1;
      case WEIGHTS -> weight;
      case SCALES -> type == Parameter.Type.GAMMA;
      case NORMS -> type == Parameter.Type.GAMMA || type == Parameter.Type.BETA;
      case ALL -> type != Parameter.Type.RUNNING_MEAN && type != Parameter.Type.RUNNING_VAR;
    };
  }
}
