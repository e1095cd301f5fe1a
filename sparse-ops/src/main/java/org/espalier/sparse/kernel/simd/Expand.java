package org.espalier.sparse.kernel.simd;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Spreads the first lanes of a vector over the set lanes of a mask. {@code FloatVector.expand}
 * exists since JDK 19; a constant method handle reaches it from code compiled for 17.
 */
final class Expand {

  /** (FloatVector, VectorMask) FloatVector; null on a JDK without it. */
  static final MethodHandle EXPAND = find();

  private Expand() {}

  private static MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              FloatVector.class, "expand", methodType(FloatVector.class, VectorMask.class));
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
