package org.espalier.sparse.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.OutputException;

/**
 * NumPy's {@code .npz}: a zip of named {@code .npy} arrays, as numpy.savez writes and numpy.load
 * reads (numpy.lib.format in the NumPy manual). The same tensors make the same bytes at any time.
 */
public final class Npz {

  /**
   * Any fixed moment but 1 January 1980, the first that a zip can name: for that one the JDK adds a
   * second time stamp, which depends on the time zone.
   */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** A zip has two bytes for the length of a name, and ".npy" comes after it. */
  private static final int LONGEST_NAME = (1 << 16) - 1 - 4;

  private Npz() {}

  /**
   * Reads all tensors in the order of the file. Float16 becomes float32, and so do float64 and
   * integers if float32 holds every value exactly; uint8 and bool become uint8; Fortran order
   * becomes row-major.
   *
   * @throws InvalidInputException if the file is no npz, is damaged, or cannot be held; memory is
   *     taken in proportion to the file's true size only
   */
  public static List<Tensor> read(Path file) {
    try (NpzReader reader = NpzReader.open(file)) {
      return reader.readAll();
    }
  }

  /**
   * Writes tensors in the given order, uncompressed; see {@link AtomicFile}.
   *
   * @throws IllegalArgumentException if a name is empty or occurs twice
   * @throws OutputException if the file cannot be written: what stood there is as it was
   */
  public static void write(Path file, Collection<Tensor> tensors) {
    Set<String> names = new HashSet<>();
    for (Tensor tensor : tensors) {
      if (tensor.name().isEmpty() || !names.add(tensor.name())) {
        throw new IllegalArgumentException("a name is empty or occurs twice: " + tensor);
      }
    }
    Iterator<Tensor> next = tensors.iterator();
    write(file, tensors.stream().map(TensorHeader::of).toList(), header -> next.next());
  }

  /** Writes tensors one at a time; the arguments hold. */
  static void write(Path file, List<TensorHeader> headers, Function<TensorHeader, Tensor> tensors) {
    for (TensorHeader header : headers) {
      int length = header.name().getBytes(StandardCharsets.UTF_8).length;
      if (length > LONGEST_NAME) {
        throw new InvalidInputException(
            file.toString(),
            "names of at most " + LONGEST_NAME + " bytes in an npz file",
            length + " bytes",
            "write a .safetensors file");
      }
    }
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (TensorHeader header : headers) {
            writeEntry(zip, tensors.apply(header));
          }
          zip.finish();
        });
  }

  private static void writeEntry(ZipOutputStream zip, Tensor tensor) throws IOException {
    byte[] header = header(tensor);
    CRC32 crc = new CRC32();
    writeArray(new CheckedOutputStream(OutputStream.nullOutputStream(), crc), header, tensor);
    ZipEntry entry = new ZipEntry(tensor.name() + ".npy");
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(EPOCH);
    entry.setSize(header.length + (long) tensor.elements() * tensor.type().bytes());
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    writeArray(zip, header, tensor);
    zip.closeEntry();
  }

  private static void writeArray(OutputStream out, byte[] header, Tensor tensor)
      throws IOException {
    out.write(header);
    TensorBytes.write(tensor, out);
  }

  /** Version 1.0, padded with blanks so that the values begin at a multiple of 64 bytes. */
  private static byte[] header(Tensor tensor) {
    int[] shape = tensor.shape();
    String extents =
        IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(
                tensor.type() == Tensor.Type.UINT8 ? "|u1" : "<f4",
                shape.length == 1 ? extents + "," : extents);
    int length = (10 + text.length() + 1 + 63) / 64 * 64;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) (length - 10));
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.position() < length - 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }
}
