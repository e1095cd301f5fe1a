package org.espalier.pruning.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.espalier.sparse.kernel.SparseOps;
import org.espalier.sparse.mask.Mask;

/** Sets the pruned entries of one weight array to exactly +0, in place, after every step. */
interface MaskEnforcer extends AutoCloseable {

  /** Sets the pruned entries to +0. */
  void enforce(NDArray weight);

  @Override
  void close();

  /**
   * Chooses the way for this array. The memory is taken where writing to the array's buffer really
   * reaches the array (for an array on a GPU or with gaps the buffer is a copy), and where the
   * kernels are vectorized; otherwise a multiplication is faster.
   */
  static MaskEnforcer of(Mask mask, NDArray weight, NDManager manager) {
    if (SparseOps.simdActive() && weight.getDataType() == DataType.FLOAT32) {
      InMemory inMemory = new InMemory(mask);
      inMemory.enforce(weight);
      float[] values = weight.toFloatArray();
      float[] expected = values.clone();
      mask.applyTo(expected);
      if (Arrays.equals(values, expected)) {
        return inMemory;
      }
    }
    return new OnDevice(mask, weight, manager);
  }

  /** Writes into the weight's memory: a bit per weight is read, and NaN is zeroed as well. */
  final class InMemory implements MaskEnforcer {

    private final long[] words;
    private final int count;

    InMemory(Mask mask) {
      words = mask.toWords();
      count = mask.elements();
    }

    @Override
    public void enforce(NDArray weight) {
      ByteBuffer memory = weight.toByteBuffer(true);
      SparseOps.zeroPruned(words, count, memory);
    }

    @Override
    public void close() {
      // Holds no array.
    }
  }

  /** Multiplies on the device. */
  final class OnDevice implements MaskEnforcer {

    private final NDArray ones;
    private final NDArray zero;

    OnDevice(Mask mask, NDArray weight, NDManager manager) {
      try (NDArray floats = manager.create(mask.toFloats(), weight.getShape());
          NDArray scalar = manager.create(0f)) {
        ones = like(floats, weight, manager);
        zero = like(scalar, weight, manager);
      }
    }

    /**
     * Copies to the weight's type and device. The clone at the end matters: an array made from Java
     * memory, and what {@code toType} and {@code toDevice} return for it when there is nothing to
     * convert, lives in a Java buffer that is collected once the first array is closed.
     */
    private static NDArray like(NDArray floats, NDArray weight, NDManager manager) {
      try (NDArray typed = floats.toType(weight.getDataType(), true);
          NDArray placed = typed.toDevice(weight.getDevice(), true)) {
        NDArray copy = placed.duplicate();
        copy.attach(manager);
        return copy;
      }
    }

    @Override
    public void enforce(NDArray weight) {
      // An alias outside autograd: in-place changes of a leaf that requires gradients are refused
      // on threads whose grad mode is on, which is every thread but the one that loaded the engine.
      try (NDArray alias = weight.stopGradient()) {
        alias.muli(ones);
        // A negative weight times 0 is -0; adding +0 makes it +0.
        alias.addi(zero);
      }
    }

    @Override
    public void close() {
      ones.close();
      zero.close();
    }
  }
}
