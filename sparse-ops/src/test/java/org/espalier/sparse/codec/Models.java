package org.espalier.sparse.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorFiles;
import org.espalier.sparse.io.TensorHeader;
import org.espalier.sparse.mask.Counts;

/** Seeded tensors and files of them. */
final class Models {

  /** What a test does in a folder that is gone afterwards. */
  @FunctionalInterface
  interface InFolder {
    void run(Path folder) throws IOException;
  }

  private Models() {}

  /** Runs a property in a folder of its own; jqwik has no {@code @TempDir}. */
  static void inFolder(InFolder test) throws IOException {
    Path folder = Files.createTempDirectory("codec");
    try {
      test.run(folder);
    } finally {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Exactly the count that the density asks for, at random positions, values like weights. */
  static Tensor pruned(String name, double density, SplittableRandom random, int... shape) {
    int elements = 1;
    for (int extent : shape) {
      elements *= extent;
    }
    float[] values = new float[elements];
    long wanted = Counts.kept(1 - density, elements);
    for (int i = 0; i < elements && wanted > 0; i++) {
      if (random.nextLong(elements - i) < wanted) {
        wanted--;
        values[i] = weight(random);
      }
    }
    return Tensor.ofFloats(name, shape, values);
  }

  /** Two heaps around zero with a gap, as pruning by magnitude leaves them. */
  private static float weight(SplittableRandom random) {
    double magnitude = 0.05 - 0.08 * Math.log(1 - random.nextDouble());
    return (float) (random.nextBoolean() ? magnitude : -magnitude);
  }

  /** Writes a tensor file. */
  static Path write(Path file, List<Tensor> tensors) {
    List<TensorHeader> headers = tensors.stream().map(TensorHeader::of).toList();
    TensorFiles.write(file, headers, header -> tensors.get(headers.indexOf(header)));
    return file;
  }

  /** Reads a tensor file. */
  static List<Tensor> read(Path file) {
    try (TensorFile open = TensorFiles.open(file)) {
      return readAll(open);
    }
  }

  /** Reads all tensors of an open file. */
  static List<Tensor> readAll(TensorFile open) {
    List<Tensor> tensors = new ArrayList<>();
    open.headers().forEach(header -> tensors.add(open.read(header)));
    return tensors;
  }
}
