package org.espalier.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each file of a data set that does not hold is refused by name, before anything is trained. */
class DamagedFilesTest {

  @TempDir Path folder;

  @BeforeEach
  void writeGoodFiles() {
    TinyFiles.writeMnist(folder, 6, 3);
    TinyFiles.gzip(folder, "data_batch_1.bin", TinyFiles.cifarRecords(0, 4));
    TinyFiles.gzip(folder, "test_batch.bin", TinyFiles.cifarRecords(4, 6));
  }

  private InvalidInputException refusal(DataSource source, String place) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> source.load(folder));
    assertEquals(folder.resolve(place).toString(), e.place());
    return e;
  }

  private static byte[] withInt(byte[] file, int offset, int value) {
    return ByteBuffer.wrap(file.clone()).putInt(offset, value).array();
  }

  @Test
  void missingFile() throws IOException {
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
    InvalidInputException e = refusal(DataSource.MNIST, "");
    assertEquals("a file t10k-labels-idx1-ubyte.gz or t10k-labels-idx1-ubyte", e.expected());
    Files.delete(folder.resolve("data_batch_1.bin.gz"));
    assertEquals("none", refusal(DataSource.CIFAR10, "").found());
  }

  @Test
  void truncatedGzip() {
    String name = "train-images-idx3-ubyte.gz";
    byte[] packed = TinyFiles.gzip(TinyFiles.idxImages(6));
    TinyFiles.write(folder, name, Arrays.copyOf(packed, packed.length - 20));
    InvalidInputException e = refusal(DataSource.MNIST, name);
    assertTrue(e.found().contains("damage"), e.getMessage());
    packed = TinyFiles.gzip(TinyFiles.cifarRecords(0, 4));
    TinyFiles.write(folder, "data_batch_1.bin.gz", Arrays.copyOf(packed, packed.length / 2));
    refusal(DataSource.CIFAR10, "data_batch_1.bin.gz");
  }

  @Test
  void noGzipAtAll() {
    TinyFiles.write(folder, "train-images-idx3-ubyte.gz", TinyFiles.idxImages(6));
    refusal(DataSource.MNIST, "train-images-idx3-ubyte.gz");
    TinyFiles.write(folder, "test_batch.bin.gz", new byte[0]);
    refusal(DataSource.CIFAR10, "test_batch.bin.gz");
  }

  @Test
  void wrongMagicNumber() {
    TinyFiles.gzip(folder, "train-labels-idx1-ubyte", TinyFiles.idxImages(1));
    InvalidInputException e = refusal(DataSource.MNIST, "train-labels-idx1-ubyte.gz");
    assertEquals("the magic number 0x00000801 of IDX labels", e.expected());
    assertEquals("0x00000803", e.found());
  }

  @Test
  void wrongExtentsInTheHeader() {
    byte[] good = TinyFiles.idxImages(6);
    String name = "train-images-idx3-ubyte";
    TinyFiles.gzip(folder, name, withInt(good, 8, 32));
    assertEquals("32x28 in the header", refusal(DataSource.MNIST, name + ".gz").found());
    for (int count : new int[] {0, -1, Integer.MAX_VALUE}) {
      TinyFiles.gzip(folder, name, withInt(good, 4, count));
      assertEquals(count + " in the header", refusal(DataSource.MNIST, name + ".gz").found());
    }
    TinyFiles.gzip(folder, name, Arrays.copyOf(good, 11));
    assertEquals("11 bytes", refusal(DataSource.MNIST, name + ".gz").found());
  }

  @Test
  void fewerOrMoreBytesThanTheHeaderSays() {
    byte[] good = TinyFiles.idxImages(6);
    String name = "train-images-idx3-ubyte";
    TinyFiles.gzip(folder, name, Arrays.copyOf(good, good.length - 1));
    InvalidInputException e = refusal(DataSource.MNIST, name + ".gz");
    assertEquals("4704 bytes behind the header, as it says", e.expected());
    assertEquals("the end of the file after 4703", e.found());
    TinyFiles.gzip(folder, name, Arrays.copyOf(good, good.length + 1));
    assertEquals("more than that", refusal(DataSource.MNIST, name + ".gz").found());
  }

  @Test
  void anotherNumberOfLabelsThanOfImages() {
    TinyFiles.gzip(folder, "t10k-labels-idx1-ubyte", TinyFiles.idxLabels(4));
    InvalidInputException e = refusal(DataSource.FASHION_MNIST, "t10k-labels-idx1-ubyte.gz");
    assertEquals("3 labels, as there are images", e.expected());
    assertEquals("4 labels", e.found());
  }

  @Test
  void labelsThatNameNoClass() {
    byte[] labels = TinyFiles.idxLabels(6);
    labels[8 + 2] = 10;
    TinyFiles.gzip(folder, "train-labels-idx1-ubyte", labels);
    assertEquals("10 at label 2", refusal(DataSource.MNIST, "train-labels-idx1-ubyte.gz").found());
    byte[] records = TinyFiles.cifarRecords(0, 4);
    records[3 * 3073] = (byte) 200;
    TinyFiles.gzip(folder, "data_batch_1.bin", records);
    assertEquals("200 in record 3", refusal(DataSource.CIFAR10, "data_batch_1.bin.gz").found());
  }

  @Test
  void cifarRecordsThatAreCutOrMissing() {
    byte[] records = TinyFiles.cifarRecords(0, 2);
    TinyFiles.gzip(folder, "data_batch_1.bin", Arrays.copyOf(records, 3073 + 100));
    assertEquals(
        "100 bytes behind 1 records", refusal(DataSource.CIFAR10, "data_batch_1.bin.gz").found());
    TinyFiles.gzip(folder, "data_batch_1.bin", new byte[0]);
    assertEquals("no bytes", refusal(DataSource.CIFAR10, "data_batch_1.bin.gz").found());
  }

  /** A small file that unpacks to 31 MB: refused as soon as it exceeds what can be CIFAR-10. */
  @Test
  void moreThanAFileCanHold() {
    TinyFiles.gzip(folder, "data_batch_1.bin", new byte[10_001 * 3073]);
    assertEquals("more", refusal(DataSource.CIFAR10, "data_batch_1.bin.gz").found());
  }
}
