package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names that all have the same hash: "Aa" and "BB" do, and so does what is put together of them.
 */
class CollidingNamesTest {

  @TempDir Path folder;

  /** 3 MB of such names took a reader seven minutes, in a map from header to place. */
  @Test
  void headersAreFoundInTime() {
    int bits = 14;
    List<TensorHeader> headers = names(bits).map(name -> header(name)).toList();
    assertEquals(1, headers.stream().mapToInt(TensorHeader::hashCode).distinct().count());
    Map<TensorHeader, Integer> places = new HashMap<>();
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> headers.forEach(header -> places.put(header, 1)));
    assertEquals(1 << bits, places.size());
  }

  @Test
  void theOrderAgreesWithEquality() {
    TensorHeader header = header("w");
    assertEquals(0, header.compareTo(new TensorHeader("w", ElementType.UINT8, new int[] {1})));
    assertTrue(header.compareTo(header("v")) > 0);
    assertTrue(header.compareTo(new TensorHeader("w", ElementType.BOOL, new int[] {1})) < 0);
    assertTrue(header.compareTo(new TensorHeader("w", ElementType.UINT8, new int[] {2})) < 0);
  }

  @Test
  void anNpzOfThemIsRefused() {
    Path file = folder.resolve("collide.npz");
    List<String> names = names(10).toList();
    Npz.write(file, tensors(names.subList(0, 1000)));
    assertEquals(1000, NpzFuzz.read(file).size());
    Npz.write(file, tensors(names.subList(0, 1001)));
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> NpzFuzz.read(file));
    assertEquals("too many that are made to collide", e.found());
  }

  private static Stream<String> names(int bits) {
    return IntStream.range(0, 1 << bits)
        .mapToObj(
            i -> {
              StringBuilder name = new StringBuilder();
              for (int bit = 0; bit < bits; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
              }
              return name.toString();
            });
  }

  private static List<Tensor> tensors(List<String> names) {
    return names.stream().map(name -> Tensor.ofBytes(name, new int[0], (byte) 1)).toList();
  }

  private static TensorHeader header(String name) {
    return new TensorHeader(name, ElementType.UINT8, new int[] {1});
  }
}
