package org.espalier.sparse.io;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.sparse.InvalidInputException;

/**
 * A tensor file that is open for reading: what it holds is known and checked, the values are read
 * one tensor at a time. For one thread.
 */
public interface TensorFile extends Closeable {

  /** Returns the path that the file was opened with. */
  Path path();

  /** Returns what the file holds, in the order of the file; names differ. */
  List<TensorHeader> headers();

  /**
   * Reads one tensor. Float16 and bfloat16 become float32, and so do float64 and integers if
   * float32 holds every value exactly; uint8 and bool become uint8.
   *
   * @param header one of {@link #headers()}
   * @throws InvalidInputException if the values are damaged or cannot be held
   */
  Tensor read(TensorHeader header);

  /**
   * Reads one tensor as {@link #read} does, but float64 stays float64: for numbers that decide
   * something and are not kept.
   *
   * @param header one of {@link #headers()}
   * @throws InvalidInputException if the values are damaged or cannot be held
   */
  Tensor readWide(TensorHeader header);

  /** Returns the tensor with this name. */
  default Optional<TensorHeader> find(String name) {
    return headers().stream().filter(header -> header.name().equals(name)).findFirst();
  }

  @Override
  void close();
}
