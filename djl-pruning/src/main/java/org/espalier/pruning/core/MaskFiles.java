package org.espalier.pruning.core;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Npz;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.mask.Mask;

/**
 * Masks as a NumPy {@code .npz} file: one uint8 tensor per parameter under its path, 1 = kept, 0 =
 * pruned.
 */
public final class MaskFiles {

  private MaskFiles() {}

  /**
   * Writes masks.
   *
   * @param masks by parameter path
   * @throws org.espalier.sparse.OutputException if the file cannot be written
   */
  public static void write(Path file, Map<String, Mask> masks) {
    Npz.write(
        file,
        new TreeMap<>(masks)
            .entrySet().stream()
                .map(
                    entry ->
                        Tensor.ofBytes(
                            entry.getKey(), entry.getValue().shape(), entry.getValue().toBytes()))
                .toList());
  }

  /**
   * Reads masks.
   *
   * @return by parameter path, sorted
   * @throws InvalidInputException if the file does not hold, or a value is neither 0 nor 1
   */
  public static Map<String, Mask> read(Path file) {
    Map<String, Mask> masks = new TreeMap<>();
    for (Tensor tensor : Npz.read(file)) {
      if (tensor.type() != Tensor.Type.UINT8) {
        throw error(file, tensor, tensor.type().toString());
      }
      byte[] bytes = tensor.bytes();
      for (byte value : bytes) {
        if (value != 0 && value != 1) {
          throw error(file, tensor, "the value " + (value & 0xff));
        }
      }
      masks.put(tensor.name(), Mask.ofBytes(bytes, tensor.shape()));
    }
    return masks;
  }

  private static InvalidInputException error(Path file, Tensor tensor, String found) {
    return new InvalidInputException(
        file + ": " + tensor.name(), "uint8 values 0 and 1", found, "name a file of masks");
  }
}
