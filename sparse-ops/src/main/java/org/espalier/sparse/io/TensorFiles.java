package org.espalier.sparse.io;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.espalier.sparse.InvalidInputException;

/** Tensor files of either kind, {@code .npz} or {@code .safetensors}, chosen by ending. */
public final class TensorFiles {

  private TensorFiles() {}

  /** The kinds of tensor files. */
  private enum Kind {
    NPZ,
    SAFETENSORS
  }

  /**
   * Opens a file and checks everything but the values.
   *
   * @throws InvalidInputException if the ending is another, or the file is missing or damaged
   */
  public static TensorFile open(Path file) {
    return kind(file) == Kind.NPZ ? NpzReader.open(file) : SafetensorsReader.open(file);
  }

  /**
   * Refuses a path with another ending.
   *
   * @throws InvalidInputException if it ends neither in .npz nor in .safetensors
   */
  public static void requireKnownEnding(Path file) {
    kind(file);
  }

  /**
   * Writes tensors in the given order, asking for one at a time; see {@link AtomicFile}. The same
   * tensors make the same bytes.
   *
   * @param headers float32 and uint8
   * @param tensors called once for each header, in order
   * @throws InvalidInputException if the ending is unknown, or the kind of file cannot hold a name
   * @throws IllegalArgumentException if a name is empty or occurs twice, or a tensor is not as its
   *     header says
   * @throws org.espalier.sparse.OutputException if the file cannot be written: what stood there is
   *     as it was
   */
  public static void write(
      Path file, List<TensorHeader> headers, Function<TensorHeader, Tensor> tensors) {
    Kind kind = kind(file);
    requireWritable(headers);
    Function<TensorHeader, Tensor> checked =
        header -> {
          Tensor tensor = tensors.apply(header);
          if (!TensorHeader.of(tensor).equals(header)) {
            throw new IllegalArgumentException("expected " + header + ", found " + tensor);
          }
          return tensor;
        };
    if (kind == Kind.NPZ) {
      Npz.write(file, headers, checked);
    } else {
      SafetensorsWriter.write(file, headers, checked);
    }
  }

  /** Refuses what would not fit the heap before it is allocated. */
  static void requireHeap(String place, long bytes) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new InvalidInputException(
          place,
          "tensors that fit the Java heap, " + heap + " bytes",
          bytes + " bytes",
          "raise the heap with the java option -Xmx");
    }
  }

  private static void requireWritable(List<TensorHeader> headers) {
    Set<String> names = new HashSet<>();
    for (TensorHeader header : headers) {
      if (header.name().isEmpty() || !names.add(header.name())) {
        throw new IllegalArgumentException("a name is empty or occurs twice: " + header);
      }
      if (header.type() != ElementType.FLOAT32 && header.type() != ElementType.UINT8) {
        throw new IllegalArgumentException("float32 and uint8 are written, not " + header);
      }
    }
  }

  private static Kind kind(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      return Kind.NPZ;
    }
    if (name.endsWith(".safetensors")) {
      return Kind.SAFETENSORS;
    }
    throw new InvalidInputException(
        file.toString(),
        "a tensor file that ends in .npz or .safetensors",
        "another ending",
        "rename or convert it");
  }
}
