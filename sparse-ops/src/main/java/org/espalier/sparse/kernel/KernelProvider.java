package org.espalier.sparse.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.espalier.sparse.InvalidInputException;

/**
 * Chooses the kernels of this JVM: SIMD if the module {@value #VECTOR_MODULE} was added, else the
 * scalar twin with one warning. The system property {@value #PROPERTY} forces a choice.
 *
 * <p>The SIMD package is named in a string only, because a JVM without the incubator module could
 * not link it.
 */
public final class KernelProvider {

  /** The system property that forces a choice: one of {@link #CHOICES}. */
  public static final String PROPERTY = "espalier.kernels";

  /** What may be forced; {@code simd} takes the widest vectors that this processor prefers. */
  public static final List<String> CHOICES =
      List.of(ScalarKernels.NAME, "simd", "simd-128", "simd-256", "simd-512");

  static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static final String FACTORY = "org.espalier.sparse.kernel.simd.SimdFactory";
  private static final int SMALLEST_USEFUL_BITS = 128;

  /** By bits of a vector. */
  private static final Map<Integer, PanelKernels> PANELS = new ConcurrentHashMap<>();

  private KernelProvider() {}

  /**
   * Returns the kernels of this JVM. A warning, if there is one, is logged at each call: {@link
   * SparseOps} calls once.
   *
   * @throws InvalidInputException if the property holds no choice, or one that needs the module
   */
  static SparseKernels pick() {
    Logger logger = System.getLogger(KernelProvider.class.getName());
    return pick(System.getProperty(PROPERTY), vectorModulePresent(), logger);
  }

  static SparseKernels pick(String forced, boolean vectorModule, Logger logger) {
    if (forced != null) {
      return of(forced, vectorModule);
    }
    if (!vectorModule) {
      logger.log(
          Level.WARNING,
          "The SIMD kernels are off: add --add-modules "
              + VECTOR_MODULE
              + " to the java command; the scalar ones are several times slower.");
      return new ScalarKernels();
    }
    SparseKernels simd = simd(0);
    return simd.lanes() * Float.SIZE >= SMALLEST_USEFUL_BITS ? simd : new ScalarKernels();
  }

  /**
   * Returns the kernels of a name, for comparisons and tests.
   *
   * @param choice one of {@link #CHOICES}; widths that the processor lacks work, but slowly
   * @throws InvalidInputException if there is no such choice, or if it needs the missing module
   */
  public static SparseKernels of(String choice) {
    return of(choice, vectorModulePresent());
  }

  private static SparseKernels of(String choice, boolean vectorModule) {
    if (!CHOICES.contains(choice)) {
      throw new InvalidInputException(
          "system property " + PROPERTY,
          "one of " + String.join(", ", CHOICES),
          "'" + choice + "'",
          "correct or remove -D" + PROPERTY);
    }
    if (choice.equals(ScalarKernels.NAME)) {
      return new ScalarKernels();
    }
    if (!vectorModule) {
      throw new InvalidInputException(
          "system property " + PROPERTY,
          "the module " + VECTOR_MODULE + " for '" + choice + "'",
          "a JVM without it",
          "add --add-modules " + VECTOR_MODULE + " to the java command");
    }
    return simd(choice.equals("simd") ? 0 : Integer.parseInt(choice.substring("simd-".length())));
  }

  /** Returns whether the JVM was started with the module that SIMD needs. */
  public static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  /**
   * Returns the panel kernels that belong to kernels.
   *
   * @param kernels of {@link #of} or of {@link SparseOps}
   */
  static PanelKernels panels(SparseKernels kernels) {
    if (kernels.lanes() == 1) {
      return new ScalarPanelKernels();
    }
    // One set of classes per width: each copy would have to be compiled again.
    return PANELS.computeIfAbsent(
        kernels.lanes() * Float.SIZE,
        bits -> make(PanelKernels.class, "panelsOfBits", new Class<?>[] {int.class}, bits));
  }

  /**
   * Returns the kernels for a single column that belong to kernels.
   *
   * @param kernels of {@link #of} or of {@link SparseOps}
   */
  static VectorKernels vectors(SparseKernels kernels) {
    if (kernels.lanes() == 1) {
      return new ScalarVectorKernels();
    }
    return make(
        VectorKernels.class,
        "vectorsOfBits",
        new Class<?>[] {int.class},
        kernels.lanes() * Float.SIZE);
  }

  /**
   * Returns the tile kernels that belong to kernels.
   *
   * @param kernels of {@link #of} or of {@link SparseOps}
   */
  static TileKernels tiles(SparseKernels kernels) {
    TileKernels scalar = new ScalarTileKernels();
    if (kernels.lanes() == 1) {
      return scalar;
    }
    Class<?>[] parameters = {int.class, TileKernels.class};
    return make(TileKernels.class, "tilesOfBits", parameters, kernels.lanes() * Float.SIZE, scalar);
  }

  private static SparseKernels simd(int bits) {
    Class<?>[] parameters = {int.class, SparseKernels.class};
    return make(SparseKernels.class, "ofBits", parameters, bits, new ScalarKernels());
  }

  private static <T> T make(
      Class<T> type, String method, Class<?>[] parameters, Object... arguments) {
    try {
      return type.cast(
          Class.forName(FACTORY).getMethod(method, parameters).invoke(null, arguments));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the SIMD kernels do not start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the SIMD kernels are missing from the class path", e);
    }
  }
}
