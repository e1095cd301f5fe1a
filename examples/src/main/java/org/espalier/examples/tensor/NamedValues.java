package org.espalier.examples.tensor;

import java.util.Arrays;
import org.espalier.pruning.core.Numbers;
import org.espalier.pruning.core.criterion.Statistic;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorHeader;

/**
 * A tensor of an open file that is not yet read.
 *
 * @param file open
 * @param header one of its tensors
 */
record NamedValues(TensorFile file, TensorHeader header) {

  /**
   * Reads values that may decide a mask.
   *
   * @throws InvalidInputException if one is NaN or infinite
   */
  Numbers finite() {
    Numbers values = numbers();
    int i = values.firstNotFinite();
    if (i >= 0) {
      throw new InvalidInputException(
          "%s, tensor '%s', index %d".formatted(file.path(), header.name(), i),
          "a finite number to decide a mask",
          Double.toString(values.at(i)),
          "mend or exclude the tensor; nothing was written");
    }
    return values;
  }

  private Numbers numbers() {
    Tensor tensor = file.readWide(header);
    return tensor.type() == Tensor.Type.FLOAT64
        ? Numbers.of(tensor.doubles())
        : Numbers.of(tensor.floats());
  }

  /** Refuses other extents. */
  void requireShape(int[] shape) {
    if (!Arrays.equals(header.shape(), shape)) {
      throw wrong("the shape " + Arrays.toString(shape) + " of its weight");
    }
  }

  /** Refuses what does not have the extent of a statistic of a weight of this shape. */
  void requireFits(Statistic statistic, int[] shape) {
    switch (statistic.extent()) {
      case WEIGHT -> requireShape(shape);
      case INPUT -> requireLength(shape.length > 1 ? shape[1] : -1, 1);
      case OUTPUT -> requireLength(shape[0], 0);
      default -> {
        if (!statistic.fits(header.elements(), shape)) {
          throw wrong("rows of " + Arrays.toString(shape));
        }
      }
    }
  }

  private void requireLength(int length, int axis) {
    if (header.shape().length != 1 || header.elements() != length) {
      throw wrong(
          length < 0
              ? "a weight with an axis 1"
              : "the shape [%d], axis %d of its weight".formatted(length, axis));
    }
  }

  private InvalidInputException wrong(String expected) {
    return new InvalidInputException(
        "%s, tensor '%s'".formatted(file.path(), header.name()),
        expected,
        Arrays.toString(header.shape()),
        "write it again for these weights, or exclude the weight");
  }
}
