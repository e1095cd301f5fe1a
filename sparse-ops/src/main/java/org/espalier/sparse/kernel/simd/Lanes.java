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
}
