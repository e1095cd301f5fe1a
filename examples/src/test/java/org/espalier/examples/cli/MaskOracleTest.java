package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code espalier mask} against masks that {@code src/test/python/mask_oracle.py} computes from the
 * formulas alone; {@code mask_fixtures.py} beside it writes the files.
 */
class MaskOracleTest extends TensorCommandBase {

  static Stream<String> cases() throws IOException {
    return Files.readAllLines(fixture("cases.tsv")).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheOracleBitForBit(String line) {
    List<String> fields = List.of(line.split("\t"));
    Path masks = folder.resolve("masks.npz");
    assertDone(arguments(fields.get(0), masks));
    Map<String, String> expected = new TreeMap<>();
    for (String field : fields.subList(1, fields.size())) {
      expected.put(field.split("=")[0], field.split("=")[1]);
    }
    try (TensorFile file = TensorFiles.open(masks)) {
      assertEquals(expected.size(), file.headers().size());
      for (TensorHeader header : file.headers()) {
        byte[] found = file.read(header).bytes();
        byte[] bits = HexFormat.of().parseHex(expected.get(header.name()));
        assertArrayEquals(unpack(bits, found.length), found, header.toString());
      }
    }
  }

  private static Object[] arguments(String options, Path masks) {
    List<Object> arguments = new ArrayList<>(List.of("mask", "--out", masks, "--weights"));
    for (String word : options.split(" ")) {
      boolean isFile = word.endsWith(".npz") || word.endsWith(".safetensors");
      arguments.add(isFile ? fixture(word) : word);
    }
    return arguments.toArray();
  }

  /** Reverses numpy.packbits: the first weight is the highest bit of the first byte. */
  private static byte[] unpack(byte[] bits, int count) {
    byte[] mask = new byte[bits.length * 8];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (bits[i / 8] >> 7 - i % 8 & 1);
    }
    return Arrays.copyOf(mask, count);
  }

  private static Path fixture(String name) {
    try {
      return Path.of(MaskOracleTest.class.getResource("/oracle/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
