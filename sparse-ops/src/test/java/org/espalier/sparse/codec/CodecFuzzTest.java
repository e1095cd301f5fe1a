package org.espalier.sparse.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.testing.FuzzSeeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seeds of {@link CodecFuzz}, and what must hold for them. */
class CodecFuzzTest {

  @TempDir Path folder;

  @Test
  void seedsAreAsGenerated() throws IOException {
    FuzzSeeds.requireCommitted("codec", seeds(folder));
  }

  @Test
  void seedsAreDecodedAsFarAsTheyHold() throws IOException {
    CodecFuzz fuzz = new CodecFuzz(folder);
    for (Map.Entry<String, byte[]> seed : FuzzSeeds.committed("codec").entrySet()) {
      String name = seed.getKey();
      int expected = name.startsWith("refused") ? 0 : name.startsWith("five") ? 5 : 1;
      assertEquals(expected, fuzz.check(seed.getValue()).size(), name);
    }
  }

  static Map<String, byte[]> seeds(Path folder) throws IOException {
    SplittableRandom random = new SplittableRandom(20);
    Tensor linear = Models.pruned("fc", 0.06, random, 20, 50);
    Tensor convolution = Models.pruned("conv", 0.3, random, 4, 3, 3, 3);
    Tensor bias = Models.pruned("b", 1, random, 3);
    Tensor zeros = Tensor.ofFloats("zero", new int[] {10, 100}, new float[1000]);
    Tensor mask = Tensor.ofBytes("m", new int[] {2}, (byte) 1, (byte) 0);
    Tensor scalar = Tensor.ofFloats("s", new int[0], Float.NaN);
    Tensor empty = Tensor.ofFloats("e", new int[] {0, 3});
    float[] one = new float[64];
    one[60] = -0.25f;
    Tensor alone = Tensor.ofFloats("one", new int[] {8, 8}, one);
    Map<String, byte[]> seeds = new TreeMap<>();
    seeds.put("five-records", encoded(folder, 5, 5, linear, bias, convolution, zeros, mask));
    for (Tensor tensor : List.of(linear, convolution, bias, zeros, mask, scalar, empty, alone)) {
      seeds.put("record-" + tensor.name(), encoded(folder, 4, 3, tensor));
    }
    seeds.put("widest-codes", encoded(folder, 12, 12, linear));
    seeds.put("narrowest-codes", encoded(folder, 1, 1, convolution));
    seeds.put("refused-no-records", encoded(folder, 5, 5));
    byte[] whole = seeds.get("record-fc");
    seeds.put("refused-cut", Arrays.copyOf(whole, whole.length - 9));
    return seeds;
  }

  private static byte[] encoded(Path folder, int weightBits, int indexBits, Tensor... tensors)
      throws IOException {
    Path in = Models.write(folder.resolve("seed.npz"), List.of(tensors));
    Path out = folder.resolve("seed.edc");
    CodeBits bits = new CodeBits(weightBits, indexBits);
    Codec.encode(in, out, CodecSettings.defaults().withLinear(bits).withConvolution(bits));
    return Files.readAllBytes(out);
  }
}
