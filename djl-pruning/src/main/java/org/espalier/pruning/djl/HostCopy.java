package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Numbers on the host that are read from arrays and written back at every step, without a new array
 * each time. One copy serves arrays of one layout: a parameter on its devices, or its gradient.
 *
 * <p>Where the CPU reaches an array's memory, it is written there. That this is so is proved by the
 * first write, which is read back; elsewhere (on a GPU, or in an array with gaps) a buffer is a
 * copy, and an operation on the device writes.
 */
final class HostCopy {

  private final float[] values;
  private boolean proven;
  private boolean refuted;

  /**
   * @param size elements of the arrays
   */
  HostCopy(int size) {
    values = new float[size];
  }

  /** Returns the numbers, row-major; not a copy. */
  float[] values() {
    return values;
  }

  /** Replaces the numbers by those of an array. */
  void read(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32) {
      array.toByteBuffer(true).asFloatBuffer().get(values);
    } else {
      try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
        floats.toByteBuffer(true).asFloatBuffer().get(values);
      }
    }
  }

  /** Adds the numbers of an array. */
  void add(NDArray array) {
    HostCopy other = new HostCopy(values.length);
    other.read(array);
    for (int i = 0; i < values.length; i++) {
      values[i] += other.values[i];
    }
  }

  /** Writes the numbers into an array, whose memory stays where it is. */
  void write(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32 && !refuted) {
      ByteBuffer memory = array.toByteBuffer(true);
      if (memory.isDirect()) {
        memory.asFloatBuffer().put(values);
        proven = proven || Arrays.equals(values, array.toFloatArray());
        refuted = !proven;
      }
      if (memory.isDirect() && proven) {
        return;
      }
    }
    writeOnDevice(array);
  }

  private void writeOnDevice(NDArray array) {
    // Set to 0, not multiplied by it: what was NaN must not stay.
    Mirrors.zero(array);
    try (NDArray alias = array.stopGradient();
        NDArray floats = array.getManager().create(values, array.getShape());
        NDArray typed = floats.toType(array.getDataType(), true)) {
      alias.addi(typed);
    }
  }
}
