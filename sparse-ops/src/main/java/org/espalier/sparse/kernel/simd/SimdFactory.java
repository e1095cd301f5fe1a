package org.espalier.sparse.kernel.simd;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import org.espalier.sparse.kernel.ColumnKernels;
import org.espalier.sparse.kernel.GroupKernel;
import org.espalier.sparse.kernel.PanelKernels;
import org.espalier.sparse.kernel.RowGroups;
import org.espalier.sparse.kernel.SparseKernels;
import org.espalier.sparse.kernel.TileKernels;
import org.espalier.sparse.kernel.VectorKernels;

/**
 * Makes the kernels of one vector width. The compiler turns vector code into vector instructions
 * only if the width is a constant of the class, so each width gets a copy of the classes of its
 * own: hidden classes that find their width in their class data.
 */
public final class SimdFactory {

  private SimdFactory() {}

  /**
   * Returns kernels of a width.
   *
   * @param bits 128, 256 or 512; 0 = what the processor prefers
   * @param scalar takes matrices with more columns than a packed panel can hold
   */
  public static SparseKernels ofBits(int bits, SparseKernels scalar) {
    return make(SparseKernels.class, SimdKernels.class, bits, SparseKernels.class, scalar);
  }

  /**
   * Returns panel kernels of a width.
   *
   * @param bits 128, 256 or 512; 0 = what the processor prefers
   */
  public static PanelKernels panelsOfBits(int bits) {
    GroupKernel[] groups =
        Arrays.stream(RowGroups.Kind.values())
            .map(kind -> make(GroupKernel.class, loops(kind), bits, null, null))
            .toArray(GroupKernel[]::new);
    return make(PanelKernels.class, SimdPanelKernels.class, bits, GroupKernel[].class, groups);
  }

  /**
   * Returns kernels for products with a single column, of a width.
   *
   * @param bits 128, 256 or 512; 0 = what the processor prefers
   */
  public static VectorKernels vectorsOfBits(int bits) {
    ColumnKernels columns = make(ColumnKernels.class, SimdColumnKernels.class, bits, null, null);
    return make(VectorKernels.class, SimdVectorKernels.class, bits, ColumnKernels.class, columns);
  }

  /**
   * Returns tile kernels of a width.
   *
   * @param bits 128, 256 or 512; 0 = what the processor prefers
   * @param scalar takes what vectors do not
   */
  public static TileKernels tilesOfBits(int bits, TileKernels scalar) {
    return make(TileKernels.class, SimdTileKernels.class, bits, TileKernels.class, scalar);
  }

  private static Class<? extends GroupKernel> loops(RowGroups.Kind kind) {
    return switch (kind) {
      case GROUPS1 -> Groups1.class;
      case GROUPS2 -> Groups2.class;
      case GROUPS3 -> Groups3.class;
      case BLOCKS4 -> Blocks4.class;
    };
  }

  /** Returns an object of a copy of a class; a null parameter calls the empty constructor. */
  private static <T> T make(
      Class<T> type, Class<? extends T> original, int bits, Class<?> parameter, Object argument) {
    String file = original.getSimpleName() + ".class";
    try (InputStream in = SimdFactory.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      Class<?> copy =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(in.readAllBytes(), bits, true)
              .lookupClass();
      return type.cast(
          parameter == null
              ? copy.getConstructor().newInstance()
              : copy.getConstructor(parameter).newInstance(argument));
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("no SIMD kernels of " + bits + " bits", e);
    }
  }
}
