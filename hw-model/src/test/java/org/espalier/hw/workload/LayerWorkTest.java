package org.espalier.hw.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.Unstructured;
import org.junit.jupiter.api.Test;

class LayerWorkTest {

  @Test
  void countsWork() {
    LayerWork layer = new LayerWork("fc", 100_000, 50_000, 3, 500_000_000L, Unstructured.INSTANCE);
    assertEquals(5_000_000_000L, layer.weights());
    assertEquals(0.9, layer.sparsity());
    assertEquals(3e10, layer.denseFlops());
    assertEquals(3e9, layer.usefulFlops());
    assertEquals(1, layer.withKept(0).sparsity());
  }

  @Test
  void refusesWhatIsNoLayer() {
    InvalidInputException sizes =
        assertThrows(
            InvalidInputException.class,
            () -> new LayerWork("fc", 2, 0, 3, 0, Unstructured.INSTANCE));
    assertEquals(
        "layer 'fc': expected m, k and n of at least 1, found 2, 0, 3; correct the layer's sizes",
        sizes.getMessage());
    InvalidInputException count =
        assertThrows(
            InvalidInputException.class,
            () -> new LayerWork("fc", 2, 3, 1, 7, Unstructured.INSTANCE));
    assertEquals("kept weights in [0, 6]", count.expected());
    assertEquals("7", count.found());
  }
}
