package org.espalier.sparse.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The size of the first-level data cache, where the system tells; it decides how panels are cut.
 */
final class FirstLevelCache {

  private static final int USUAL_BYTES = 32 << 10;
  private static final Path LINUX = Path.of("/sys/devices/system/cpu/cpu0/cache/index0/size");

  /** Bytes of one core's cache; what most processors have if the system does not tell. */
  static final int BYTES = read(LINUX);

  private FirstLevelCache() {}

  /** Returns the size in a file such as Linux has, "48K", or the usual one if there is none. */
  static int read(Path file) {
    try {
      String text = Files.readString(file).strip();
      int kilobytes = Integer.parseInt(text.substring(0, text.length() - 1));
      boolean plausible = text.endsWith("K") && kilobytes >= 8 && kilobytes <= 1024;
      return plausible ? kilobytes << 10 : USUAL_BYTES;
    } catch (IOException | RuntimeException e) {
      return USUAL_BYTES; // only speed depends on it
    }
  }
}
