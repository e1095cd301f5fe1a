package org.espalier.sparse.io;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.espalier.sparse.InvalidInputException;

/** Reads one {@code .npz} file: a zip of {@code .npy} arrays. */
final class NpzReader {

  /** Deflate turns one byte into at most 1032 (zlib.net, "Maximum Compression Factor"). */
  private static final long LARGEST_RATIO = 1032;

  private static final int CHUNK = 1 << 16;
  private static final String REMEDY = "write the file again with numpy.savez";

  private final Path file;

  NpzReader(Path file) {
    this.file = file;
  }

  List<Tensor> read() {
    if (Files.isDirectory(file)) {
      throw bad(file.toString(), "an npz file", "a folder", null);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      requirePlausible(entries, Files.size(file));
      List<Tensor> tensors = new ArrayList<>();
      for (ZipEntry entry : entries) {
        try (InputStream in = zip.getInputStream(entry)) {
          tensors.add(read(entry, in));
        }
      }
      return tensors;
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          file.toString(), "an npz file", "no such file", "correct the path", e);
    } catch (IOException | IllegalArgumentException e) {
      throw bad(file.toString(), "a readable npz (zip) file", String.valueOf(e.getMessage()), e);
    }
  }

  /** Compares what the directory of the zip promises with the file, before anything is read. */
  private void requirePlausible(List<? extends ZipEntry> entries, long fileSize) {
    Set<String> names = new HashSet<>();
    long stored = 0;
    long total = 0;
    for (ZipEntry entry : entries) {
      String place = place(entry);
      if (!entry.getName().endsWith(".npy")) {
        throw bad(place, "entries named *.npy", "'" + entry.getName() + "'", null);
      }
      if (!names.add(entry.getName())) {
        throw bad(place, "each name once", "the name twice", null);
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
      total += entry.getSize();
    }
    if (stored > fileSize) {
      throw bad(
          file.toString(),
          "entries that do not overlap",
          stored + " packed bytes in a file of " + fileSize,
          null);
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (total > heap) {
      throw new InvalidInputException(
          file.toString(),
          "tensors that fit the Java heap, " + heap + " bytes",
          total + " bytes",
          "raise the heap with the java option -Xmx");
    }
  }

  private Tensor read(ZipEntry entry, InputStream raw) throws IOException {
    String place = place(entry);
    CRC32 crc = new CRC32();
    DataInputStream in =
        new DataInputStream(new CheckedInputStream(new BufferedInputStream(raw, CHUNK), crc));
    NpyHeader header = NpyHeader.read(in, place);
    NpyValues values = new NpyValues(place, header.descr());
    long expected = header.length() + (long) header.elements() * values.size();
    if (expected != entry.getSize()) {
      throw bad(
          place,
          expected + " bytes for " + header.elements() + " values of type " + header.descr(),
          entry.getSize() + " bytes",
          null);
    }
    String name = entry.getName().substring(0, entry.getName().length() - ".npy".length());
    Tensor tensor = readValues(in, name, header, values, place);
    if (in.read() >= 0 || crc.getValue() != entry.getCrc()) {
      throw bad(place, "the checksum in the zip directory", "damaged data", null);
    }
    return tensor;
  }

  private Tensor readValues(
      DataInputStream in, String name, NpyHeader header, NpyValues values, String place)
      throws IOException {
    try {
      if (values.areBytes()) {
        byte[] bytes = new byte[header.elements()];
        in.readFully(bytes);
        byte[] ordered = header.fortranOrder() ? FortranOrder.toC(bytes, header.shape()) : bytes;
        return Tensor.ofBytes(name, header.shape(), ordered);
      }
      float[] floats = new float[header.elements()];
      byte[] chunk = new byte[CHUNK];
      int perChunk = CHUNK / values.size();
      for (int done = 0; done < floats.length; done += perChunk) {
        int count = Math.min(perChunk, floats.length - done);
        in.readFully(chunk, 0, count * values.size());
        values.convert(ByteBuffer.wrap(chunk, 0, count * values.size()), floats, done);
      }
      float[] ordered = header.fortranOrder() ? FortranOrder.toC(floats, header.shape()) : floats;
      return Tensor.ofFloats(name, header.shape(), ordered);
    } catch (EOFException e) {
      throw bad(place, header.elements() + " values", "the end of the data", e);
    }
  }

  private String place(ZipEntry entry) {
    return file + ", entry '" + entry.getName() + "'";
  }

  private static InvalidInputException bad(
      String place, String expected, String found, Throwable cause) {
    return new InvalidInputException(place, expected, found, REMEDY, cause);
  }
}
