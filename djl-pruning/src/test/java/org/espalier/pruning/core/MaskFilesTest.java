package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Npz;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskFilesTest {

  @Test
  void masksReadBackEqual(@TempDir Path folder) {
    Map<String, Mask> masks =
        Map.of(
            "02Linear_weight", Mask.ofBytes(new byte[] {1, 0, 0, 1, 1, 0}, 2, 3),
            "01Conv2d_weight", Mask.dense(2, 1, 3, 3));
    Path file = folder.resolve("masks.npz");
    MaskFiles.write(file, masks);
    assertEquals(masks, MaskFiles.read(file));
  }

  @Test
  void otherTensorsAreNoMasks(@TempDir Path folder) {
    Path file = folder.resolve("weights.npz");
    Npz.write(file, List.of(Tensor.ofFloats("w", new int[] {2}, 0f, 1f)));
    assertThrows(InvalidInputException.class, () -> MaskFiles.read(file));
    Npz.write(file, List.of(Tensor.ofBytes("w", new int[] {2}, (byte) 0, (byte) 2)));
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> MaskFiles.read(file));
    assertEquals(
        file + ": w: expected uint8 values 0 and 1, found the value 2; name a file of masks",
        error.getMessage());
  }
}
