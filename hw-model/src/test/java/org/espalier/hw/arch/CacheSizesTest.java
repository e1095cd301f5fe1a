package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheSizesTest {

  @TempDir private Path folder;

  private void write(String first, String second) throws IOException {
    Files.createDirectories(folder.resolve("index0"));
    Files.createDirectories(folder.resolve("index2"));
    Files.writeString(folder.resolve("index0/size"), first);
    Files.writeString(folder.resolve("index2/size"), second);
  }

  @Test
  void readsWhatLinuxTells() throws IOException {
    write("48K\n", "2048K\n");
    assertEquals(new CacheSizes(48 << 10, 2 << 20), CacheSizes.read(folder));
  }

  @Test
  void takesTheUsualSizesElsewhere() throws IOException {
    assertEquals(CacheSizes.USUAL, CacheSizes.read(folder));
    write("48 KB", "none");
    assertEquals(CacheSizes.USUAL, CacheSizes.read(folder));
    assertTrue(CacheSizes.ofThisMachine().firstLevelBytes() > 0);
  }

  @Test
  void refusesWhatIsNoCache() {
    assertThrows(IllegalArgumentException.class, () -> new CacheSizes(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new CacheSizes(2, 1));
  }
}
