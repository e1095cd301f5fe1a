package org.espalier.examples.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.espalier.sparse.InvalidInputException;

/**
 * An input file, with gzip ({@code NAME.gz}) or without ({@code NAME}), read once from front to
 * back. Only as much is unpacked as a reader asks for, and all damage ends in an exception that
 * names the file.
 */
final class PackedFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final InputStream in;
  private long position;

  private PackedFile(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  /** Returns whether {@code folder} holds {@code name.gz} or {@code name}. */
  static boolean exists(Path folder, String name) {
    return Files.isRegularFile(folder.resolve(name + ".gz"))
        || Files.isRegularFile(folder.resolve(name));
  }

  /**
   * Opens {@code name.gz}, or {@code name} if there is no such file.
   *
   * @throws InvalidInputException if there is neither, or if it cannot be read
   */
  static PackedFile open(Path folder, String name) {
    if (!exists(folder, name)) {
      throw new InvalidInputException(
          folder.toString(),
          "a file %s.gz or %s".formatted(name, name),
          "neither",
          "name the folder that holds all files of the data set");
    }
    Path packed = folder.resolve(name + ".gz");
    boolean gzip = Files.isRegularFile(packed);
    Path path = gzip ? packed : folder.resolve(name);
    InputStream raw = null;
    try {
      raw = Files.newInputStream(path);
      return new PackedFile(
          path,
          gzip
              ? new GZIPInputStream(raw, BUFFER_BYTES)
              : new BufferedInputStream(raw, BUFFER_BYTES));
    } catch (IOException e) {
      closeQuietly(raw, e);
      throw damaged(path, 0, e);
    }
  }

  /** Returns the file that is being read. */
  Path path() {
    return path;
  }

  /** Returns the number of bytes read so far, after unpacking. */
  long position() {
    return position;
  }

  /**
   * Reads up to {@code length} bytes to the front of {@code buffer}.
   *
   * @return bytes read; fewer than {@code length} only at the end of the file
   * @throws InvalidInputException if the file is damaged
   */
  int read(byte[] buffer, int length) {
    try {
      int read = in.readNBytes(buffer, 0, length);
      position += read;
      return read;
    } catch (IOException e) {
      throw damaged(path, position, e);
    }
  }

  /** Returns the exception for content that is not what it should be. */
  InvalidInputException invalid(String expected, String found) {
    return new InvalidInputException(
        path.toString(), expected, found, "fetch the file again from its publisher");
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw damaged(path, position, e);
    }
  }

  private static InvalidInputException damaged(Path path, long position, IOException cause) {
    return new InvalidInputException(
        path.toString(),
        "a whole, readable file",
        "damage behind byte %d (%s)".formatted(position, cause),
        "fetch the file again from its publisher",
        cause);
  }

  private static void closeQuietly(InputStream stream, IOException primary) {
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        primary.addSuppressed(e);
      }
    }
  }
}
