package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends that claim more entries than a file holds: Java took memory for them, or failed to. */
class ZipEndTest {

  @TempDir Path folder;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void oneTensor() throws IOException {
    file = folder.resolve("end.npz");
    Npz.write(file, List.of(Tensor.ofFloats("w", new int[] {3}, 1, 2, 3)));
    whole = Files.readAllBytes(file);
  }

  @Test
  void moreEntriesThanThereIsRoomFor() throws IOException {
    assertRefused(with64(whole.length - 22, 1 << 29));
    // Three numbers for an entry: more than an array can count, and a negative number.
    assertRefused(with64(whole.length - 22, 1 << 30));
    assertRefused(with64(whole.length - 22, -1));
    byte[] damaged = whole.clone();
    ByteBuffer.wrap(damaged).putShort(damaged.length - 22 + 10, (short) 0xFDFF);
    assertRefused(damaged);
  }

  @Test
  void zip64WithTheRightNumberIsRead() throws IOException {
    Files.write(file, with64(whole.length - 22, 1));
    assertEquals(1, Npz.read(file).size());
  }

  @Test
  void commentsBehindTheEndAreRead() throws IOException {
    byte[] comment = {'P', 'K', 5, 6, 'a', 'b', 'c'};
    ByteBuffer bytes = ByteBuffer.allocate(whole.length + 7).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(whole).put(comment).putShort(whole.length - 2, (short) 7);
    Files.write(file, bytes.array());
    assertEquals(1, Npz.read(file).size());
  }

  private void assertRefused(byte[] damaged) throws IOException {
    Files.write(file, damaged);
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> Npz.read(file));
    assertEquals("room for the entries that its end counts", e.expected());
  }

  /** Puts a 64-bit record and its locator before the end, whose numbers then refer to them. */
  private byte[] with64(int end, long entries) {
    ByteBuffer from = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    long length = from.getInt(end + 12);
    long begin = from.getInt(end + 16);
    ByteBuffer to = ByteBuffer.allocate(whole.length + 76).order(ByteOrder.LITTLE_ENDIAN);
    to.put(whole, 0, end);
    to.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putLong(0);
    to.putLong(entries).putLong(entries).putLong(length).putLong(begin);
    to.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    to.putInt(0x06054b50).putInt(0).putShort((short) -1).putShort((short) -1);
    return to.putInt(-1).putInt(-1).putShort((short) 0).array();
  }
}
