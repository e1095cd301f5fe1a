package org.espalier.sparse.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.espalier.sparse.InvalidInputException;

/**
 * Writes {@code .safetensors} files: tensors in the given order without gaps, the header padded
 * with blanks so that the values begin at a multiple of 8 bytes.
 */
final class SafetensorsWriter {

  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /** Writes tensors one at a time; the arguments hold. */
  static void write(Path file, List<TensorHeader> headers, Function<TensorHeader, Tensor> tensors) {
    byte[] header = header(file, headers);
    AtomicFile.write(
        file,
        out -> {
          out.write(header);
          for (TensorHeader tensor : headers) {
            TensorBytes.write(tensors.apply(tensor), out);
          }
        });
  }

  private static byte[] header(Path file, List<TensorHeader> headers) {
    StringBuilder json = new StringBuilder("{");
    long begin = 0;
    for (TensorHeader tensor : headers) {
      if (tensor.name().equals(SafetensorsHeader.METADATA)) {
        throw new InvalidInputException(
            file.toString(),
            "tensors with other names than " + SafetensorsHeader.METADATA,
            "one with this name",
            "write an .npz file");
      }
      long end = begin + tensor.bytes();
      json.append(json.length() == 1 ? "" : ",")
          .append(quoted(tensor.name()))
          .append(":{\"dtype\":\"")
          .append(tensor.type().safetensors())
          .append("\",\"shape\":")
          .append(Arrays.toString(tensor.shape()).replace(" ", ""))
          .append(",\"data_offsets\":[")
          .append(begin)
          .append(',')
          .append(end)
          .append("]}");
      begin = end;
    }
    byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    int length = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(text);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }

  private static String quoted(String name) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char next = name.charAt(i);
      if (next == '"' || next == '\\') {
        text.append('\\').append(next);
      } else if (next < ' ') {
        text.append("\\u%04x".formatted((int) next));
      } else {
        text.append(next);
      }
    }
    return text.append('"').toString();
  }
}
