package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.sparse.kernel.SparseOps;
import org.junit.jupiter.api.Test;

class CpuProbeTest {

  /**
   * What holds on every machine that runs this, however busy: the figures exist, one core neither
   * multiplies at 10 TFLOP/s nor loads 10 TB/s, and the kernels are named.
   */
  @Test
  void measuresAPlausibleMachine() {
    long start = System.nanoTime();
    CpuMachine machine = CpuProbe.measure();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertTrue(machine.peakGflopsPerCore() > 0.1 && machine.peakGflopsPerCore() < 1e4);
    assertEquals(4, machine.levels().size());
    for (MemoryLevel level : machine.levels()) {
      assertTrue(level.loadGbPerSecond() > 0.1 && level.loadGbPerSecond() < 1e4, level::toString);
    }
    assertEquals(1, machine.coresUsed());
    assertTrue(machine.lanes() > 1);
    assertTrue(machine.name().endsWith(SparseOps.kernelName()));
    // A quiet machine takes about half a second; this guards against a runaway loop.
    assertTrue(seconds < 20, seconds + " s");
  }
}
