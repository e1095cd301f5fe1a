package org.espalier.sparse.kernel.simd;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors of ints from and to memory outside the Java heap. The Vector API has changed here: JDK 17
 * to 19 load from a {@code ByteBuffer}, later ones from a {@code MemorySegment}, and neither class
 * file links on the other JDK. Constant method handles bridge the gap; the compiler inlines them
 * like plain calls.
 */
final class NativeInts {

  private static final MethodType LOAD_TYPE =
      methodType(IntVector.class, VectorSpecies.class, Object.class, int.class, ByteOrder.class);
  private static final MethodType STORE_TYPE =
      methodType(void.class, IntVector.class, Object.class, int.class, ByteOrder.class);

  /** (ByteBuffer) Object: what the two others take. */
  static final MethodHandle MEMORY;

  /** (VectorSpecies, Object memory, int byteOffset, ByteOrder) IntVector. */
  static final MethodHandle LOAD;

  /** (IntVector, Object memory, int byteOffset, ByteOrder) void. */
  static final MethodHandle STORE;

  static {
    try {
      Lookup lookup = MethodHandles.publicLookup();
      boolean buffers = Runtime.version().feature() < 20;
      Class<?> memory =
          buffers ? ByteBuffer.class : Class.forName("java.lang.foreign.MemorySegment");
      Class<?> offset = buffers ? int.class : long.class;
      String kind = buffers ? "ByteBuffer" : "MemorySegment";
      MethodHandle wrap =
          buffers
              ? MethodHandles.identity(ByteBuffer.class)
              : lookup.findStatic(memory, "ofBuffer", methodType(memory, Buffer.class));
      MEMORY = wrap.asType(methodType(Object.class, ByteBuffer.class));
      LOAD =
          lookup
              .findStatic(
                  IntVector.class,
                  "from" + kind,
                  methodType(IntVector.class, VectorSpecies.class, memory, offset, ByteOrder.class))
              .asType(LOAD_TYPE);
      STORE =
          lookup
              .findVirtual(
                  IntVector.class,
                  "into" + kind,
                  methodType(void.class, memory, offset, ByteOrder.class))
              .asType(STORE_TYPE);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private NativeInts() {}

  /** Method handles may throw anything; these throw what the Vector API throws. */
  static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException r ? r : new IllegalStateException(e);
  }
}
