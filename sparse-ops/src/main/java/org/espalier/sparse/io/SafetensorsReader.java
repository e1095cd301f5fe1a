package org.espalier.sparse.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.espalier.sparse.InvalidInputException;

/**
 * Reads one {@code .safetensors} file: eight bytes with the length of the header (little-endian),
 * the header in JSON, the values (github.com/huggingface/safetensors, README, "Format").
 */
final class SafetensorsReader implements TensorFile {

  static final String REMEDY = "write the file again with safetensors.save_file";

  /** The limit of the reference implementation. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<TensorHeader, Long> begins;

  private SafetensorsReader(
      Path file, FileChannel channel, long dataStart, Map<TensorHeader, Long> begins) {
    this.file = file;
    this.channel = channel;
    this.dataStart = dataStart;
    this.begins = begins;
  }

  /** Opens a file and reads its header. */
  static SafetensorsReader open(Path file) {
    if (Files.isDirectory(file)) {
      throw bad(file.toString(), "a safetensors file", "a folder", null);
    }
    FileChannel channel = null;
    SafetensorsReader reader = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      long size = channel.size();
      long length = headerLength(file, channel, size);
      long dataStart = Long.BYTES + length;
      String text = decode(file, bytes(channel, (int) length));
      if (!text.startsWith("{")) {
        throw bad(file.toString(), "a header that begins with '{'", "another one", null);
      }
      Map<TensorHeader, Long> begins =
          SafetensorsHeader.parse(text, file.toString(), size - dataStart);
      reader = new SafetensorsReader(file, channel, dataStart, begins);
      return reader;
    } catch (IOException e) {
      throw unreadable(file, e);
    } finally {
      if (reader == null && channel != null) {
        close(file, channel);
      }
    }
  }

  @Override
  public Path path() {
    return file;
  }

  @Override
  public List<TensorHeader> headers() {
    return List.copyOf(begins.keySet());
  }

  @Override
  public Tensor read(TensorHeader header) {
    return read(header, false);
  }

  @Override
  public Tensor readWide(TensorHeader header) {
    return read(header, header.type() == ElementType.FLOAT64);
  }

  private Tensor read(TensorHeader header, boolean wide) {
    Long begin = begins.get(header);
    if (begin == null) {
      throw new IllegalArgumentException(file + " has no " + header);
    }
    String place = file + ", tensor '" + header.name() + "'";
    try {
      channel.position(dataStart + begin);
      // Left open: the channel serves the next tensor.
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel), CHUNK);
      return wide
          ? TensorBytes.readDoubles(header, ByteOrder.LITTLE_ENDIAN, in, place)
          : TensorBytes.read(header, ByteOrder.LITTLE_ENDIAN, in, place);
    } catch (EOFException e) {
      throw bad(place, header.elements() + " values", "the end of the data", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public void close() {
    close(file, channel);
  }

  private static void close(Path file, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static long headerLength(Path file, FileChannel channel, long size) throws IOException {
    if (size < Long.BYTES) {
      throw bad(file.toString(), "at least 8 bytes, the header's length", size + " bytes", null);
    }
    long length = bytes(channel, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long limit = Math.min(size - Long.BYTES, LONGEST_HEADER);
    if (Long.compareUnsigned(length, limit) > 0) {
      throw bad(
          file.toString(),
          "a header of at most " + limit + " bytes",
          Long.toUnsignedString(length) + " bytes",
          null);
    }
    return length;
  }

  private static ByteBuffer bytes(FileChannel channel, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the file ends in its header");
      }
    }
    return bytes.flip();
  }

  private static String decode(Path file, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw bad(file.toString(), "a header in UTF-8", "other bytes", e);
    }
  }

  private static InvalidInputException unreadable(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new InvalidInputException(
          file.toString(), "a safetensors file", "no such file", "correct the path", cause);
    }
    return bad(file.toString(), "a readable file", String.valueOf(cause.getMessage()), cause);
  }

  private static InvalidInputException bad(
      String place, String expected, String found, Throwable cause) {
    return new InvalidInputException(place, expected, found, REMEDY, cause);
  }
}
