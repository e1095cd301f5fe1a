package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuMachineTest {

  private static final MemoryLevel L1 = new MemoryLevel("L1", 1000, 200);
  private static final MemoryLevel L2 = new MemoryLevel("L2", 4000, 100);
  private static final MemoryLevel DRAM = new MemoryLevel("DRAM", Long.MAX_VALUE, 20);
  private static final CpuMachine MACHINE = new CpuMachine("test", 1, 8, 50, List.of(L1, L2, DRAM));

  @Test
  void streamsRunAtTheLevelThatHoldsThem() {
    assertEquals(200, MACHINE.streamGbPerSecond(0));
    assertEquals(200, MACHINE.streamGbPerSecond(1000));
    assertEquals(100, MACHINE.streamGbPerSecond(1001));
    assertEquals(20, MACHINE.streamGbPerSecond(4001));
    assertEquals(32, MACHINE.vectorBytes());
  }

  /**
   * Worked by hand. 2000 bytes: half from L1, half from L2, 1 / (0.5/200 + 0.5/100) = 133.33. 8000
   * bytes: 1000, 3000 and 4000 of them, 1 / (0.125/200 + 0.375/100 + 0.5/20) = 34.04.
   */
  @Test
  void randomReadsMixTheLevels() {
    assertEquals(200, MACHINE.randomGbPerSecond(0));
    assertEquals(200, MACHINE.randomGbPerSecond(1000));
    assertEquals(400.0 / 3, MACHINE.randomGbPerSecond(2000), 1e-9);
    assertEquals(1 / 0.029375, MACHINE.randomGbPerSecond(8000), 1e-9);
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
