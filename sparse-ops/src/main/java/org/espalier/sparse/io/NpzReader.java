package org.espalier.sparse.io;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.espalier.sparse.InvalidInputException;

/** Reads one {@code .npz} file: a zip of {@code .npy} arrays. */
final class NpzReader implements TensorFile {

  /** Deflate turns one byte into at most 1032 (zlib.net, "Maximum Compression Factor"). */
  private static final long LARGEST_RATIO = 1032;

  /**
   * Java looks entries up in a table of lists, one for a hash: many names with the same one, which
   * no program makes by chance, would take it quadratic time.
   */
  private static final int MOST_OF_ONE_HASH = 1000;

  private static final int CHUNK = 1 << 16;
  private static final String ENDING = ".npy";
  private static final String REMEDY = "write the file again with numpy.savez";

  private final Path file;
  private final ZipFile zip;
  private final Map<TensorHeader, ZipEntry> entries = new LinkedHashMap<>();

  private NpzReader(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /** Opens a file and reads the header of every array. */
  static NpzReader open(Path file) {
    if (Files.isDirectory(file)) {
      throw bad(file.toString(), "an npz file", "a folder", null);
    }
    ZipFile zip;
    try {
      if (!ZipEnd.isPlausible(file)) {
        throw bad(file.toString(), "room for the entries that its end counts", "less", null);
      }
      zip = new ZipFile(file.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
    NpzReader reader = new NpzReader(file, zip);
    boolean opened = false;
    try {
      List<? extends ZipEntry> entries = zip.stream().toList();
      reader.requirePlausible(entries, Files.size(file));
      for (ZipEntry entry : entries) {
        reader.entries.put(reader.header(entry), entry);
      }
      opened = true;
      return reader;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    } finally {
      if (!opened) {
        reader.close();
      }
    }
  }

  @Override
  public Path path() {
    return file;
  }

  @Override
  public List<TensorHeader> headers() {
    return List.copyOf(entries.keySet());
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
    ZipEntry entry = entries.get(header);
    if (entry == null) {
      throw new IllegalArgumentException(file + " has no " + header);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return read(header, entry, in, wide);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e);
    }
  }

  /** Reads all tensors, if the heap can hold them together. */
  List<Tensor> readAll() {
    TensorFiles.requireHeap(
        file.toString(), entries.keySet().stream().mapToLong(TensorHeader::heapBytes).sum());
    List<Tensor> tensors = new ArrayList<>();
    entries.keySet().forEach(header -> tensors.add(read(header)));
    return tensors;
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Compares what the directory of the zip promises with the file, before anything is read. */
  private void requirePlausible(List<? extends ZipEntry> entries, long fileSize) {
    Set<String> names = new HashSet<>();
    Map<Integer, Integer> hashes = new HashMap<>();
    long stored = 0;
    for (ZipEntry entry : entries) {
      String place = place(entry);
      if (!entry.getName().endsWith(ENDING) || entry.getName().length() == ENDING.length()) {
        throw bad(place, "entries named *.npy", "'" + entry.getName() + "'", null);
      }
      if (!names.add(entry.getName())) {
        throw bad(place, "each name once", "the name twice", null);
      }
      if (hashes.merge(entry.getName().hashCode(), 1, Integer::sum) > MOST_OF_ONE_HASH) {
        throw bad(place, "names as they occur", "too many that are made to collide", null);
      }
      long packed = entry.getCompressedSize();
      long limit = entry.getMethod() == ZipEntry.STORED ? packed : packed * LARGEST_RATIO;
      if (packed < 0 || packed > fileSize || entry.getSize() < 0 || entry.getSize() > limit) {
        throw bad(
            place,
            "at most " + limit + " bytes from " + packed + " packed ones",
            entry.getSize() + " bytes",
            null);
      }
      stored += packed;
    }
    if (stored > fileSize) {
      throw bad(
          file.toString(),
          "entries that do not overlap",
          stored + " packed bytes in a file of " + fileSize,
          null);
    }
  }

  private TensorHeader header(ZipEntry entry) throws IOException {
    String place = place(entry);
    try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
      NpyHeader header = NpyHeader.read(in, place);
      long expected = header.length() + (long) header.elements() * header.type().bytes();
      if (expected != entry.getSize()) {
        throw bad(
            place,
            expected + " bytes for " + header.elements() + " values of type " + header.descr(),
            entry.getSize() + " bytes",
            null);
      }
      String name = entry.getName().substring(0, entry.getName().length() - ENDING.length());
      return new TensorHeader(name, header.type(), header.shape());
    }
  }

  private Tensor read(TensorHeader header, ZipEntry entry, InputStream raw, boolean wide)
      throws IOException {
    String place = place(entry);
    CRC32 crc = new CRC32();
    DataInputStream in =
        new DataInputStream(new CheckedInputStream(new BufferedInputStream(raw, CHUNK), crc));
    NpyHeader npy = NpyHeader.read(in, place);
    Tensor tensor;
    try {
      tensor =
          wide
              ? TensorBytes.readDoubles(header, npy.order(), in, place)
              : TensorBytes.read(header, npy.order(), in, place);
    } catch (EOFException e) {
      throw bad(place, header.elements() + " values", "the end of the data", e);
    }
    if (in.read() >= 0 || crc.getValue() != entry.getCrc()) {
      throw bad(place, "the checksum in the zip directory", "damaged data", null);
    }
    return npy.fortranOrder() ? FortranOrder.toC(tensor) : tensor;
  }

  private String place(ZipEntry entry) {
    return file + ", entry '" + entry.getName() + "'";
  }

  private static InvalidInputException unreadable(Path file, Exception cause) {
    if (cause instanceof NoSuchFileException) {
      return new InvalidInputException(
          file.toString(), "an npz file", "no such file", "correct the path", cause);
    }
    return bad(
        file.toString(), "a readable npz (zip) file", String.valueOf(cause.getMessage()), cause);
  }

  private static InvalidInputException bad(
      String place, String expected, String found, Throwable cause) {
    return new InvalidInputException(place, expected, found, REMEDY, cause);
  }
}
