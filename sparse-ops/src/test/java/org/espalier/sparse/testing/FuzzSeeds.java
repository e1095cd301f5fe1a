package org.espalier.sparse.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The inputs that fuzzing starts from: files in the sources, made by a generator of a test. */
public final class FuzzSeeds {

  /** The largest seed: small inputs are mutated where it matters, and run fast. */
  private static final int LARGEST = 2048;

  private FuzzSeeds() {}

  /**
   * Returns the inputs by the names of their files.
   *
   * @param target the folder's name under {@code src/test/resources/fuzz}
   */
  public static Map<String, byte[]> committed(String target) throws IOException {
    Map<String, byte[]> seeds = new TreeMap<>();
    try (var files = Files.list(folder(target))) {
      for (Path file : files.toList()) {
        seeds.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return seeds;
  }

  /**
   * Fails unless the files are what the generator makes. With the Java option {@code
   * -Despalier.fuzz.seeds=write}, makes them so first.
   */
  public static void requireCommitted(String target, Map<String, byte[]> generated)
      throws IOException {
    if ("write".equals(System.getProperty("espalier.fuzz.seeds"))) {
      Files.createDirectories(folder(target));
      for (Map.Entry<String, byte[]> seed : generated.entrySet()) {
        Files.write(folder(target).resolve(seed.getKey()), seed.getValue());
      }
    }
    Map<String, byte[]> committed = committed(target);
    assertEquals(generated.keySet(), committed.keySet());
    for (Map.Entry<String, byte[]> seed : generated.entrySet()) {
      assertTrue(seed.getValue().length < LARGEST, seed.getKey() + " is large");
      assertArrayEquals(seed.getValue(), committed.get(seed.getKey()), seed.getKey());
    }
  }

  private static Path folder(String target) {
    return Path.of("src/test/resources/fuzz", target);
  }
}
