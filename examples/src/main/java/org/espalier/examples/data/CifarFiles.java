package org.espalier.examples.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.sparse.InvalidInputException;

/**
 * The binary version of CIFAR-10. Format: Krizhevsky, "The CIFAR-10 dataset", section "Binary
 * version": records of one label byte and 3072 pixel bytes, red, green and blue plane by plane. Any
 * of the five training batches will do: fewer make a smaller training set.
 */
final class CifarFiles {

  private static final int RECORD_BYTES = 1 + 3 * 32 * 32;
  private static final int CLASSES = 10;
  private static final int RECORDS_PER_BLOCK = 64;

  /** As published. */
  private static final int MAX_RECORDS_PER_FILE = 10_000;

  private CifarFiles() {}

  /**
   * Checks the files of {@code folder} to the last byte and unpacks them under the names that DJL's
   * {@code Cifar10} expects in a simple repository.
   *
   * @throws InvalidInputException at the first file that does not hold
   */
  static void unpack(Path folder, TemporaryFolder target) {
    List<String> batches =
        IntStream.rangeClosed(1, 5)
            .mapToObj("data_batch_%d.bin"::formatted)
            .filter(name -> PackedFile.exists(folder, name))
            .toList();
    if (batches.isEmpty()) {
      throw new InvalidInputException(
          folder.toString(),
          "at least one of data_batch_1.bin.gz to data_batch_5.bin.gz, with or without .gz",
          "none",
          "name the folder that holds the binary version of CIFAR-10");
    }
    for (String batch : batches) {
      append(folder, batch, target, "data_batch.bin");
    }
    append(folder, "test_batch.bin", target, "test_batch.bin");
  }

  private static void append(Path folder, String from, TemporaryFolder target, String to) {
    byte[] block = new byte[RECORD_BYTES * RECORDS_PER_BLOCK];
    try (PackedFile file = PackedFile.open(folder, from)) {
      int records = 0;
      int read;
      do {
        read = file.read(block, block.length);
        requireRecords(file, block, read, records);
        target.append(to, block, read);
        records += read / RECORD_BYTES;
      } while (read == block.length);
      if (records == 0) {
        throw file.invalid("at least one record of %d bytes".formatted(RECORD_BYTES), "no bytes");
      }
    }
  }

  private static void requireRecords(PackedFile file, byte[] block, int length, int first) {
    int records = length / RECORD_BYTES;
    for (int i = 0; i < records; i++) {
      int label = block[i * RECORD_BYTES] & 0xff;
      if (label >= CLASSES) {
        throw file.invalid("labels 0 to 9", "%d in record %d".formatted(label, first + i));
      }
    }
    if (length % RECORD_BYTES != 0) {
      throw file.invalid(
          "records of %d bytes".formatted(RECORD_BYTES),
          "%d bytes behind %d records".formatted(length % RECORD_BYTES, first + records));
    }
    if (first + records > MAX_RECORDS_PER_FILE) {
      throw file.invalid("at most %d records".formatted(MAX_RECORDS_PER_FILE), "more");
    }
  }
}
