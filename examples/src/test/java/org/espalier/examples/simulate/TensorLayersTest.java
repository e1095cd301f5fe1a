package org.espalier.examples.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.hw.workload.Actual;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.hw.workload.Layer;
import org.espalier.hw.workload.Workload;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorLayersTest {

  @TempDir private Path folder;

  private Path file(String name, Tensor... tensors) {
    Path file = folder.resolve(name);
    List<TensorHeader> headers = Arrays.stream(tensors).map(TensorHeader::of).toList();
    TensorFiles.write(file, headers, header -> tensors[headers.indexOf(header)]);
    return file;
  }

  private static TensorLayers layers(Path file, Optional<Path> activations, String pattern) {
    return new TensorLayers(
        file,
        activations,
        0.5,
        3,
        DataType.FP16,
        Optional.ofNullable(pattern).map(SparsityPattern::parse));
  }

  @Test
  void zerosAreTheMask() {
    Path weights =
        file(
            "w.npz",
            Tensor.ofFloats("a.weight", new int[] {2, 4}, 0, 3, 0, 7, 1, 0, 8, 0),
            Tensor.ofFloats("a.bias", new int[] {2}, 1, 2),
            Tensor.ofBytes("b", new int[] {1, 3, 1, 1}, (byte) 1, (byte) 0, (byte) 1));
    Workload workload = layers(weights, Optional.empty(), null).load();
    assertEquals("w.npz", workload.name());
    Layer a = workload.layers().get(0);
    assertEquals("a.weight", a.name());
    assertEquals(new Gemm(2, 4, 3), a.shape());
    assertEquals("2:4", a.pattern().text());
    assertTrue(((Actual) a.weights()).isNonZero(1, 2));
    assertEquals(4, a.weights().nonZeros());
    assertEquals(6, a.activations().nonZeros());
    Layer b = workload.layers().get(1);
    assertEquals(new Gemm(1, 3, 3), b.shape());
    assertEquals("unstructured", b.pattern().text());
  }

  @Test
  void realInputsReplaceTheDensity() {
    Path weights = file("w.npz", Tensor.ofFloats("a", new int[] {2, 2}, 1, 0, 0, 1));
    Path inputs = file("x.npz", Tensor.ofFloats("a", new int[] {2, 4}, 1, 0, 0, 1, 0, 0, 0, 1));
    Layer layer = layers(weights, Optional.of(inputs), null).load().layers().get(0);
    assertEquals(new Gemm(2, 2, 4), layer.shape());
    assertEquals(2, layer.activations().rowNonZeros(0));
    assertEquals(1, layer.activations().rowNonZeros(1));
    Path others = file("y.npz", Tensor.ofFloats("a", new int[] {3, 1}, 1, 0, 0));
    InvalidInputException wrong =
        assertThrows(InvalidInputException.class, layers(weights, Optional.of(others), null)::load);
    assertTrue(wrong.expected().contains("'a' of 2 rows"), wrong::getMessage);
  }

  @Test
  void refusesWhatIsNoLayer() {
    Path vector = file("v.npz", Tensor.ofFloats("a", new int[] {2}, 1, 0));
    assertThrows(InvalidInputException.class, layers(vector, Optional.empty(), null)::load);
    Path weights = file("w.npz", Tensor.ofFloats("a", new int[] {1, 4}, 1, 1, 1, 0));
    InvalidInputException pattern =
        assertThrows(InvalidInputException.class, layers(weights, Optional.empty(), "2:4")::load);
    assertTrue(pattern.place().endsWith("tensor 'a'"), pattern::getMessage);
    assertThrows(
        InvalidInputException.class,
        () -> new TensorLayers(weights, Optional.empty(), 0, 1, DataType.FP16, Optional.empty()));
    assertThrows(
        InvalidInputException.class,
        () -> new TensorLayers(weights, Optional.empty(), 1, 0, DataType.FP16, Optional.empty()));
  }
}
