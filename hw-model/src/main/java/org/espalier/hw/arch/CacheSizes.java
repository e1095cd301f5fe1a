package org.espalier.hw.arch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data caches of one core.
 *
 * @param firstLevelBytes at least 1
 * @param secondLevelBytes at least the first level's
 */
public record CacheSizes(int firstLevelBytes, int secondLevelBytes) {

  /** What most server processors have had since 2017. */
  public static final CacheSizes USUAL = new CacheSizes(32 << 10, 1 << 20);

  private static final Path LINUX = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** Checks the ranges. */
  public CacheSizes {
    if (firstLevelBytes < 1 || secondLevelBytes < firstLevelBytes) {
      throw new IllegalArgumentException(
          "no caches: %d and %d bytes".formatted(firstLevelBytes, secondLevelBytes));
    }
  }

  /** Returns the caches of this machine where Linux tells them, else {@link #USUAL}. */
  public static CacheSizes ofThisMachine() {
    return read(LINUX);
  }

  /** Returns what stands in a folder such as Linux has; the first data cache is index0. */
  static CacheSizes read(Path folder) {
    int first = kilobytes(folder.resolve("index0/size"));
    int second = kilobytes(folder.resolve("index2/size"));
    return first > 0 && second >= first ? new CacheSizes(first << 10, second << 10) : USUAL;
  }

  private static int kilobytes(Path file) {
    try {
      String text = Files.readString(file).strip();
      int kilobytes = Integer.parseInt(text.substring(0, text.length() - 1));
      return text.endsWith("K") && kilobytes <= 1 << 20 ? kilobytes : 0;
    } catch (IOException | RuntimeException e) {
      return 0; // other systems; only accuracy depends on it
    }
  }
}
