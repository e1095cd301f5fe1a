package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.espalier.sparse.testing.FuzzSeeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seeds of {@link NpzFuzz}, and what must hold for them. */
class NpzFuzzTest {

  @TempDir Path folder;

  @Test
  void seedsAreAsGenerated() throws IOException {
    FuzzSeeds.requireCommitted("npz", seeds(folder));
  }

  @Test
  void seedsAreDecodedAsFarAsTheyHold() throws IOException {
    NpzFuzz fuzz = new NpzFuzz(folder);
    for (Map.Entry<String, byte[]> seed : FuzzSeeds.committed("npz").entrySet()) {
      String name = seed.getKey();
      int expected = name.startsWith("refused") ? 0 : name.startsWith("three") ? 3 : 1;
      assertEquals(expected, fuzz.check(seed.getValue()).size(), name);
    }
  }

  /** All that NumPy writes, through the same judge. */
  @Test
  void theFileOfNumpy() throws IOException {
    byte[] file = Files.readAllBytes(Path.of("src/test/resources/npz/numpy.npz"));
    assertEquals(17, new NpzFuzz(folder).check(file).size());
  }

  /** The longest header, deflated to a thousandth, took seconds to refuse. */
  @Test
  void aLongHeaderOfBlanksIsRefusedInTime() throws IOException {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    array.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, -1, -1});
    array.write(("{" + " ".repeat(65533) + "}").getBytes(StandardCharsets.US_ASCII));
    Path file = folder.resolve("blanks.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("w.npy"));
      zip.write(array.toByteArray());
    }
    assertTrue(Files.size(file) < 400);
    NpzFuzz fuzz = new NpzFuzz(folder);
    assertTimeoutPreemptively(
        Duration.ofSeconds(2), () -> assertEquals(0, fuzz.check(Files.readAllBytes(file)).size()));
  }

  static Map<String, byte[]> seeds(Path folder) throws IOException {
    Map<String, byte[]> seeds = new TreeMap<>();
    for (int type = 0; type < NpzRecipe.TYPES.length; type++) {
      // One high byte: 2 as a float, a power of two as an integer, so exact as float32.
      String descr = NpzRecipe.TYPES[type];
      byte[] content = Arrays.copyOf(new byte[] {(byte) type, 2, 2, 1}, 24);
      int width = ElementType.ofNumpy(descr.substring(1)).map(ElementType::bytes).orElse(8);
      content[descr.charAt(0) == '>' ? 4 : 3 + width] = 64;
      String name = descr.substring(1) + "-" + type;
      boolean refused = name.startsWith("c8") || name.startsWith("O");
      seeds.put((refused ? "refused-" : "type-") + name, entry(type % 16 & ~2, content));
    }
    seeds.put("type-scalar", entry(0, new byte[] {2, 0, 0, 0, 1, 0}));
    seeds.put("type-empty", entry(NpzRecipe.FORTRAN, new byte[] {2, 3, 4, 0, 3}));
    seeds.put("type-zeros", entry(NpzRecipe.DEFLATED, new byte[] {6, 2, 60, 60}));
    seeds.put(
        "type-fortran",
        entry(NpzRecipe.FORTRAN, new byte[] {13, 3, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    byte[] two = join(entry(1, new byte[] {2, 1, 2}), entry(0, new byte[] {13, 2, 2, 2, 9, 8, 7}));
    seeds.put("three-entries", join(two, entry(5, new byte[] {4, 1, 1})));
    seeds.put("whole-1", npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8));
    seeds.put("whole-2", npy(2, "{'descr': '=f8', 'fortran_order': True, 'shape': (1L, 2L)}", 16));
    seeds.put("whole-3", npy(3, "{'shape':( ),'fortran_order':False,'descr':'|b1'}", 1));
    seeds.put(
        "refused-short", npy(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (9,)}", 8));
    seeds.put("refused-blanks", npy(1, "{'descr': " + " ".repeat(500) + "}", 0));
    Path file = folder.resolve("seed.npz");
    Npz.write(
        file,
        List.of(
            Tensor.ofFloats("w", new int[] {2, 3}, 1, -2, 0.5f, Float.NaN, -0f, 7),
            Tensor.ofBytes("mask/b", new int[] {3}, (byte) 1, (byte) 0, (byte) -1),
            Tensor.ofFloats("scalar", new int[0], 3)));
    seeds.put("three-in-a-zip", Files.readAllBytes(file));
    byte[] counted = Files.readAllBytes(file);
    counted[counted.length - 11] = -1;
    seeds.put("refused-many-entries", counted);
    Npz.write(file, List.of());
    seeds.put("refused-empty-zip", Files.readAllBytes(file));
    return seeds;
  }

  private static byte[] entry(int flags, byte[] content) throws IOException {
    byte[] padded = Arrays.copyOf(content, (content.length + 7) / 8 * 8);
    return join(new byte[] {(byte) flags, (byte) (padded.length / 8)}, padded);
  }

  private static byte[] npy(int version, String text, int payload) throws IOException {
    // Filled with blanks before the values: the recipe counts in eights.
    int start = version == 1 ? 10 : 12;
    StringBuilder header = new StringBuilder(text);
    while ((start + header.length() + payload) % 8 != 0) {
      header.append(' ');
    }
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    array.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    array.write(header.length());
    array.write(header.length() >>> 8);
    array.write(new byte[start - 10]);
    array.write(header.toString().getBytes(StandardCharsets.US_ASCII));
    array.write(new byte[payload]);
    return entry(NpzRecipe.WHOLE, array.toByteArray());
  }

  private static byte[] join(byte[] a, byte[] b) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(a);
    bytes.write(b);
    return bytes.toByteArray();
  }
}
