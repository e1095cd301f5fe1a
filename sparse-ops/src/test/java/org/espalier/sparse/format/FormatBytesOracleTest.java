package org.espalier.sparse.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

/** Bytes of every format against arrays that {@code src/test/python/format_bytes.py} counted. */
class FormatBytesOracleTest {

  @Test
  void bytesAreThoseOfTheArrays() throws IOException {
    int checked = 0;
    for (String line : lines()) {
      String[] fields = line.split(",");
      int rows = Integer.parseInt(fields[0]);
      int columns = Integer.parseInt(fields[1]);
      float[] dense = dense(HexFormat.of().parseHex(fields[2]), rows * columns);
      Mask mask = Mask.ofNonZeros(dense, rows, columns);
      for (int i = 3; i < fields.length; i++) {
        String[] named = fields[i].split("=");
        String[] bytes = named[1].split("/");
        SparseMatrix matrix = build(named[0], dense, rows, columns);
        for (int w = 0; w < 3; w++) {
          long expected = Long.parseLong(bytes[w]);
          assertEquals(expected, matrix.bytes(1 << w), matrix + " with values of " + (1 << w));
          Map<String, Long> counted = FormatBytes.of(mask, 1 << w);
          assertEquals(expected, counted.getOrDefault(named[0], expected), named[0]);
          checked++;
        }
      }
    }
    assertEquals(3906, checked);
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = FormatBytesOracleTest.class.getResourceAsStream("/format-bytes.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  /** The first element is the highest bit of the first byte, as NumPy packs. */
  private static float[] dense(byte[] bits, int elements) {
    float[] dense = new float[elements];
    for (int i = 0; i < elements; i++) {
      dense[i] = bits[i >> 3] >> 7 - (i & 7) & 1;
    }
    return dense;
  }

  private static SparseMatrix build(String name, float[] dense, int rows, int columns) {
    String[] parts = name.split("[:x/]");
    return switch (parts[0]) {
      case "coo" -> Coo.ofDense(dense, rows, columns);
      case "csr" -> Csr.ofDense(dense, rows, columns);
      case "csc" -> Csc.ofDense(dense, rows, columns);
      case "bitmask" -> Bitmask.ofDense(dense, rows, columns);
      case "bsr" ->
          Bsr.ofDense(dense, rows, columns, new BlockShape(number(parts[1]), number(parts[2])));
      case "relative" ->
          RelativeIndexCsc.ofDense(dense, rows, columns, number(parts[1]), number(parts[2]));
      default -> NmPacked.ofDense(dense, rows, columns, number(parts[0]), number(parts[1]));
    };
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }
}
