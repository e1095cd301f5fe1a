package org.espalier.experiments;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;

/** The parameters of a network as a tensor file, under their paths. */
final class NetworkFile {

  private NetworkFile() {}

  /** Writes all parameters, biases included. */
  static void write(Block network, Path file) {
    List<Tensor> tensors = new ArrayList<>();
    for (Pair<String, Parameter> pair : network.getParameters()) {
      NDArray array = pair.getValue().getArray();
      tensors.add(Tensor.ofFloats(pair.getKey(), shape(array), array.toFloatArray()));
    }
    List<TensorHeader> headers = tensors.stream().map(TensorHeader::of).toList();
    TensorFiles.write(file, headers, header -> tensors.get(headers.indexOf(header)));
  }

  /**
   * Replaces all parameters of an initialized network.
   *
   * @throws InvalidInputException if one is not in the file, or has another shape there
   */
  static void read(TensorFile file, Block network) {
    for (Pair<String, Parameter> pair : network.getParameters()) {
      NDArray array = pair.getValue().getArray();
      int[] shape = shape(array);
      TensorHeader header =
          file.find(pair.getKey())
              .filter(found -> Arrays.equals(found.shape(), shape))
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          file.path().toString(),
                          "a tensor '" + pair.getKey() + "' " + Arrays.toString(shape),
                          "none of this name and shape",
                          "remove the file to train again"));
      // An alias outside autograd: in-place changes of a leaf that requires gradients are refused.
      try (NDArray alias = array.stopGradient();
          NDArray values =
              array.getManager().create(file.read(header).floats(), array.getShape())) {
        alias.muli(0);
        alias.addi(values);
      }
    }
  }

  private static int[] shape(NDArray array) {
    return Arrays.stream(array.getShape().getShape()).mapToInt(Math::toIntExact).toArray();
  }
}
