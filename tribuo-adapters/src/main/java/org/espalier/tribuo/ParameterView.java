package org.espalier.tribuo;

import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.core.TensorInfo;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.mask.Mask;
import org.tribuo.common.sgd.FMParameters;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.Parameters;
import org.tribuo.math.la.DenseSparseMatrix;
import org.tribuo.math.la.Matrix;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.la.SparseVector;
import org.tribuo.math.la.Tensor;

/**
 * The part of one Tribuo tensor that a recipe sees, under a name: the whole tensor, or its first
 * columns where the last one is a bias.
 *
 * @param index place in {@link Parameters#get()}, in gradients and in updates
 * @param info name, and shape of the part: (rows, columns) or (elements)
 */
record ParameterView(int index, TensorInfo info) {

  /**
   * Names the tensors of a model: {@code weights} (without the bias column) of a linear model;
   * {@code bias}, {@code weights} and {@code factors-I} for output I of a factorization machine;
   * {@code parameter-I} of any other. Matrices are prunable by default, vectors are not.
   *
   * @throws InvalidInputException if a tensor is neither a matrix nor a vector
   */
  static List<ParameterView> of(Parameters parameters) {
    Tensor[] tensors = parameters.get();
    List<ParameterView> views = new ArrayList<>();
    for (int i = 0; i < tensors.length; i++) {
      String name = name(parameters, i);
      int[] shape = shape(name, tensors[i]);
      if (parameters instanceof LinearParameters) {
        // Every Tribuo trainer of linear models appends the bias as a feature that is always 1.
        shape[1]--;
      }
      if (shape[shape.length - 1] > 0) {
        views.add(new ParameterView(i, new TensorInfo(name, shape, shape.length == 2)));
      }
    }
    return views;
  }

  private static String name(Parameters parameters, int index) {
    if (parameters instanceof LinearParameters) {
      return "weights";
    }
    if (parameters instanceof FMParameters) {
      return switch (index) {
        case 0 -> "bias";
        case 1 -> "weights";
        default -> "factors-" + (index - 2);
      };
    }
    return "parameter-" + index;
  }

  private static int[] shape(String name, Tensor tensor) {
    if (tensor instanceof Matrix || tensor instanceof SGDVector) {
      return tensor.getShape().clone();
    }
    throw new InvalidInputException(
        name, "a Tribuo matrix or vector", tensor.getClass().getName(), "train it without pruning");
  }

  /** Returns a copy of this part of the tensor, row-major. */
  double[] read(Tensor[] tensors) {
    double[] values = new double[info.elements()];
    if (tensors[index] instanceof Matrix matrix) {
      int columns = info.shape()[1];
      for (int i = 0; i < values.length; i++) {
        values[i] = matrix.get(i / columns, i % columns);
      }
    } else {
      SGDVector vector = (SGDVector) tensors[index];
      for (int i = 0; i < values.length; i++) {
        values[i] = vector.get(i);
      }
    }
    return values;
  }

  /** Sets what the mask prunes to +0, in dense and in sparse tensors; the rest is left alone. */
  void zero(Tensor[] tensors, Mask mask) {
    Tensor tensor = tensors[index];
    if (tensor instanceof DenseSparseMatrix matrix) {
      int columns = info.shape()[1];
      for (int row = 0; row < matrix.getDimension1Size(); row++) {
        zero(matrix.getRow(row), mask, row * columns, columns);
      }
    } else if (tensor instanceof Matrix matrix) {
      int columns = info.shape()[1];
      for (int i = 0; i < mask.elements(); i++) {
        if (!mask.isKept(i)) {
          matrix.set(i / columns, i % columns, 0.0);
        }
      }
    } else if (tensor instanceof SparseVector vector) {
      zero(vector, mask, 0, mask.elements());
    } else {
      SGDVector vector = (SGDVector) tensor;
      for (int i = 0; i < mask.elements(); i++) {
        if (!mask.isKept(i)) {
          vector.set(i, 0.0);
        }
      }
    }
  }

  /** Visits only what the sparse vector stores: a gradient of text has few entries. */
  private static void zero(SparseVector vector, Mask mask, int offset, int columns) {
    vector.foreachIndexedInPlace(
        (column, value) -> column >= columns || mask.isKept(offset + column) ? value : 0.0);
  }
}
