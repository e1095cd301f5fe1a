package org.espalier.sparse.kernel.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector width of a hidden class, which it finds in its class data: see SimdFactory. */
final class Lanes {

  private Lanes() {}

  /**
   * Returns the species of a class's vectors.
   *
   * @param lookup of the class itself; without class data it gets what the processor prefers
   */
  static VectorSpecies<Float> species(MethodHandles.Lookup lookup) {
    try {
      Integer bits = MethodHandles.classData(lookup, "_", Integer.class);
      return bits == null || bits == 0
          ? FloatVector.SPECIES_PREFERRED
          : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a class may read its own data", e);
    }
  }

  /**
   * Returns the vector itself, as what it is: the compiler knows no more of a value that went
   * around a loop than that it is some FloatVector. To call a method on it, it would then go by
   * which classes of vectors it has seen there, and once it has seen several widths in this JVM, it
   * makes objects of all vectors: code that is thirty times slower. A cast to a constant class
   * costs nothing.
   *
   * @param species of the vector, a constant of the calling class
   */
  static FloatVector exact(VectorSpecies<Float> species, FloatVector vector) {
    return (FloatVector) species.vectorType().cast(vector);
  }
}
