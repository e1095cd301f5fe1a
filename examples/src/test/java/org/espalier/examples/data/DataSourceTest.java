package org.espalier.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.repository.RemoteRepository;
import ai.djl.repository.Repository;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataSourceTest {

  @TempDir Path folder;

  private static void assertTiny(ImageSet set, int from, int count) {
    assertEquals(count, set.size());
    int pixels = set.shape().pixels();
    for (int n = 0; n < count; n++) {
      assertEquals(TinyFiles.label(from + n), set.labels()[n], "label " + n);
      for (int i = 0; i < pixels; i++) {
        if (TinyFiles.pixel(from + n, i) != set.pixels()[n * pixels + i]) {
          assertEquals(
              TinyFiles.pixel(from + n, i), set.pixels()[n * pixels + i], n + ", pixel " + i);
        }
      }
    }
  }

  @Test
  void nothingUnpackedStaysBehind() {
    List<Path> unpacked = new ArrayList<>();
    DjlImages mnist =
        new DjlImages(
            "mnist",
            DjlImages.MNIST.shape(),
            DjlImages.MNIST.normalization(),
            (from, to) -> {
              unpacked.add(to.path());
              IdxFiles.unpack(from, to);
              assertTrue(Files.isRegularFile(to.path().resolve("test_labels")));
            },
            DjlImages.MNIST.opener());
    TinyFiles.writeMnist(folder, 2, 1);
    assertEquals(2, mnist.load(folder).train().size());
    TinyFiles.gzip(folder, "t10k-labels-idx1-ubyte", TinyFiles.idxLabels(2));
    assertThrows(InvalidInputException.class, () -> mnist.load(folder));
    assertEquals(2, unpacked.size());
    unpacked.forEach(path -> assertFalse(Files.exists(path)));
  }

  @ParameterizedTest
  @EnumSource(names = {"MNIST", "FASHION_MNIST"})
  void readsPackedIdxFiles(DataSource source) {
    TinyFiles.writeMnist(folder, 12, 5);
    ImageData data = source.load(folder);
    assertEquals(source.label(), data.name());
    assertEquals(new ImageShape(1, 28, 28, 10), data.shape());
    assertTiny(data.train(), 0, 12);
    assertTiny(data.test(), 0, 5);
  }

  @Test
  void readsMoreImagesThanOneChunk() {
    TinyFiles.writeMnist(folder, 4_099, 1);
    assertTiny(DataSource.MNIST.load(folder).train(), 0, 4_099);
  }

  @Test
  void readsPlainFilesToo() {
    TinyFiles.writeMnist(folder, 1, 2);
    TinyFiles.write(folder, "train-images-idx3-ubyte", TinyFiles.idxImages(3));
    TinyFiles.write(folder, "train-labels-idx1-ubyte", TinyFiles.idxLabels(3));
    assertTrue(folder.resolve("train-images-idx3-ubyte.gz").toFile().delete());
    assertTrue(folder.resolve("train-labels-idx1-ubyte.gz").toFile().delete());
    assertTiny(DataSource.MNIST.load(folder).train(), 0, 3);
  }

  @Test
  void readsThoseBatchesOfCifarThatThereAre() {
    TinyFiles.gzip(folder, "data_batch_2.bin", TinyFiles.cifarRecords(0, 4));
    TinyFiles.write(folder, "data_batch_5.bin", TinyFiles.cifarRecords(4, 7));
    TinyFiles.gzip(folder, "test_batch.bin", TinyFiles.cifarRecords(7, 9));
    ImageData data = DataSource.CIFAR10.load(folder);
    assertEquals(new ImageShape(3, 32, 32, 10), data.shape());
    assertTiny(data.train(), 0, 7);
    assertTiny(data.test(), 7, 2);
  }

  @Test
  void theBuiltInDigitsNeedNothingAndAreAlwaysTheSame() {
    ImageData data = DataSource.BUILTIN.load(null);
    assertEquals(10_000, data.train().size());
    assertEquals(4_000, data.test().size());
    assertTrue(
        Arrays.equals(data.test().pixels(), DataSource.BUILTIN.load(folder).test().pixels()));
  }

  /** A repository that nobody serves stands for DJL's own behind a dead network. */
  @Test
  void withoutAFolderAndWithoutANetworkSaysWhatToDo() {
    DjlImages unreachable =
        new DjlImages(
            "mnist",
            DjlImages.MNIST.shape(),
            DjlImages.MNIST.normalization(),
            IdxFiles::unpack,
            (manager, usage, repository) -> {
              Repository dead = new RemoteRepository("dead", URI.create("http://localhost:1/"));
              return DjlImages.MNIST.opener().open(manager, usage, dead);
            });
    String before = System.getProperty("DJL_CACHE_DIR");
    System.setProperty("DJL_CACHE_DIR", folder.toString());
    try {
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> unreachable.load(null));
      assertEquals("data set mnist", e.place());
      assertTrue(e.remedy().contains("--data-dir"), e.getMessage());
    } finally {
      if (before == null) {
        System.clearProperty("DJL_CACHE_DIR");
      } else {
        System.setProperty("DJL_CACHE_DIR", before);
      }
    }
  }

  @Test
  void namesAreFoundAndOthersAreListed() {
    for (DataSource source : DataSource.values()) {
      assertEquals(source, DataSource.named(source.label()));
    }
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> DataSource.named("minst"));
    assertEquals(
        "data set: expected one of builtin, mnist, fashion-mnist, cifar10, found minst;"
            + " name one of these",
        e.getMessage());
  }

  @Test
  void aMissingFolderIsNamed() {
    Path missing = folder.resolve("nowhere");
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> DataSource.CIFAR10.load(missing));
    assertEquals(missing.toString(), e.place());
    assertEquals("nothing", e.found());
    TinyFiles.write(folder, "file", new byte[1]);
    assertThrows(InvalidInputException.class, () -> DataSource.MNIST.load(folder.resolve("file")));
  }
}
