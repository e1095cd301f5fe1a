package org.espalier.sparse.codec;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.ElementType;
import org.espalier.sparse.io.Tensor;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorHeader;

/** A compressed file that is open for reading: the headers are checked, tensors are decoded. */
final class CodecFile implements TensorFile {

  /** The first bytes: one that no text has, then a name. */
  static final byte[] MAGIC = {(byte) 0x89, 'E', 'D', 'C'};

  /** The version of the format. */
  static final int VERSION = 1;

  /** Bytes of the longest varint. */
  private static final int LONGEST_LENGTH = 9;

  /** Where the body of a record lies: all that follows its length field. */
  private record Body(long begin, long length) {

    RecordInput open(FileChannel channel, String place) {
      return new RecordInput(channel, begin, begin + length - RecordHeader.CHECKSUM, place);
    }
  }

  private final Path file;
  private final FileChannel channel;
  private final Map<TensorHeader, Body> bodies = new LinkedHashMap<>();

  private CodecFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens a file and reads the header of every record. */
  static CodecFile open(Path file) {
    if (Files.isDirectory(file)) {
      throw RecordInput.damaged(file.toString(), "a compressed model file", "a folder");
    }
    CodecFile opened = null;
    boolean whole = false;
    try {
      opened = new CodecFile(file, FileChannel.open(file, StandardOpenOption.READ));
      opened.readHeaders();
      whole = true;
      return opened;
    } catch (IOException e) {
      throw unreadable(file, e);
    } finally {
      if (opened != null && !whole) {
        opened.close();
      }
    }
  }

  @Override
  public Path path() {
    return file;
  }

  @Override
  public List<TensorHeader> headers() {
    return List.copyOf(bodies.keySet());
  }

  @Override
  public Tensor read(TensorHeader wanted) {
    Body body = bodies.get(wanted);
    if (body == null) {
      throw new IllegalArgumentException(file + " has no " + wanted);
    }
    String place = file + ", tensor '" + wanted.name() + "'";
    requireHeap(place, wanted);
    try {
      RecordInput in = body.open(channel, place);
      RecordHeader header = RecordHeader.read(in, body.length());
      Tensor tensor =
          header.kind() == RecordHeader.Kind.SHARED
              ? SharedReader.read(header, in, body.length())
              : DenseRecord.read(header, in);
      in.requireChecksum();
      return tensor;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Same as {@link #read}: compressed files hold nothing wider than float32. */
  @Override
  public Tensor readWide(TensorHeader wanted) {
    return read(wanted);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void readHeaders() throws IOException {
    long size = channel.size();
    RecordInput start = new RecordInput(channel, 0, size, file.toString());
    for (byte expected : MAGIC) {
      if (start.remaining() == 0 || (byte) start.readByte() != expected) {
        throw start.damaged("the first bytes 89 45 44 43", "others");
      }
    }
    int version = start.readByte();
    if (version != VERSION) {
      throw start.damaged("version " + VERSION, "version " + version);
    }
    long count = start.readVarint("a number of tensors", size);
    long position = start.position();
    Set<String> names = new HashSet<>();
    for (long i = 0; i < count; i++) {
      Body body = body(position, size, i);
      position = body.begin() + body.length();
      RecordInput in = body.open(channel, place(i));
      RecordHeader header = RecordHeader.read(in, body.length());
      if (header.kind() != RecordHeader.Kind.SHARED) {
        DenseRecord.requireSize(header, in);
      }
      String name = header.tensor().name();
      if (name.isEmpty() || !names.add(name)) {
        throw in.damaged("names that differ and are not empty", "'" + name + "'");
      }
      bodies.put(header.tensor(), body);
    }
    if (position != size) {
      throw start.damaged(
          "the end of the file after " + count + " records", size - position + " more bytes");
    }
  }

  private Body body(long position, long size, long record) throws IOException {
    long end = Math.min(size, position + LONGEST_LENGTH);
    RecordInput in = new RecordInput(channel, position, end, place(record));
    long length = in.readVarint("a length", size);
    long left = size - in.position();
    if (length < RecordHeader.CHECKSUM || length > left) {
      throw in.damaged(RecordHeader.CHECKSUM + " to " + left + " bytes", length + " bytes");
    }
    return new Body(in.position(), length);
  }

  private String place(long record) {
    return file + ", record " + (record + 1);
  }

  /** Refuses what would not fit the heap before it is allocated. */
  private static void requireHeap(String place, TensorHeader header) {
    long bytes = (long) header.elements() * (header.type() == ElementType.UINT8 ? 1 : Float.BYTES);
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new InvalidInputException(
          place,
          "tensors that fit the Java heap, " + heap + " bytes",
          bytes + " bytes",
          "raise the heap with the java option -Xmx");
    }
  }

  private static InvalidInputException unreadable(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new InvalidInputException(
          file.toString(), "a compressed model file", "no such file", "correct the path", cause);
    }
    return new InvalidInputException(
        file.toString(),
        "a readable file",
        String.valueOf(cause.getMessage()),
        "check the disk and the permissions",
        cause);
  }
}
