package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuMachineTest {

  private static final MemoryLevel L1 = new MemoryLevel("L1", 1000, 200);
  private static final MemoryLevel L2 = new MemoryLevel("L2", 4000, 100);
  private static final MemoryLevel DRAM = new MemoryLevel("DRAM", Long.MAX_VALUE, 20);

  @Test
  void knowsItsSmallestCache() {
    assertEquals(200, new CpuMachine("test", 1, 8, 50, List.of(L1, DRAM)).firstLevelGbPerSecond());
  }

  @Test
  void refusesWhatIsNoMachine() {
    List<MemoryLevel> levels = List.of(L1, DRAM);
    assertThrows(IllegalArgumentException.class, () -> new CpuMachine("", 0, 8, 50, levels));
    assertThrows(IllegalArgumentException.class, () -> new CpuMachine("", 1, 0, 50, levels));
    assertThrows(IllegalArgumentException.class, () -> new CpuMachine("", 1, 8, 0, levels));
    assertThrows(IllegalArgumentException.class, () -> new CpuMachine("", 1, 8, 50, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new CpuMachine("", 1, 8, 50, List.of(L1)));
    assertThrows(
        IllegalArgumentException.class, () -> new CpuMachine("", 1, 8, 50, List.of(L2, L1, DRAM)));
    assertThrows(IllegalArgumentException.class, () -> new MemoryLevel("L1", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new MemoryLevel("L1", 1, Double.NaN));
  }
}
