package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;

class BroadcastArchitectureTest {

  private static final EieArchitecture EIE = EieArchitecture.PUBLISHED;

  /** 64 elements hold 4096 activations, and so do, rounded up, others. */
  @Test
  void elementsShareTheActivations() {
    assertEquals(64, EIE.actRegistersPerPe());
    assertEquals(16, EIE.withPes(256).actRegistersPerPe());
    assertEquals(41, EIE.withPes(100).actRegistersPerPe());
    assertEquals(4096, EIE.withPes(1).actRegistersPerPe());
    assertEquals(EIE, EIE.withPes(1).withPes(64));
  }

  @Test
  void oneThingChangesAtATime() {
    assertEquals(EIE, EIE.withQueueDepth(3).withQueueDepth(8));
    assertEquals(EIE, EIE.withClockMhz(1200).withClockMhz(800));
    assertEquals(EIE, EIE.withIndexBits(5).withIndexBits(4));
    EseArchitecture ese = EseArchitecture.PUBLISHED;
    assertEquals(ese, ese.withPes(16).withQueueDepth(1).withPes(32).withQueueDepth(8));
  }

  /** Table II: the powers of the parts are those of the element, 9.157 mW, at 800 MHz. */
  @Test
  void energiesAddUpToThePower() {
    BroadcastEnergy e = BroadcastEnergy.EIE;
    double picojoulesPerCycle =
        (e.queuePerVisit() + e.pointersPerVisit() + e.weightRead()) / 8
            + e.arithmeticPerEntry()
            + e.accumulatorPerEntry();
    assertEquals(9.157, picojoulesPerCycle * 0.8, 0.002);
  }

  @Test
  void refusesWhatIsNoMachine() {
    assertThrows(IllegalArgumentException.class, () -> EIE.withPes(0));
    assertThrows(IllegalArgumentException.class, () -> EIE.withQueueDepth(0));
    assertThrows(IllegalArgumentException.class, () -> EIE.withIndexBits(9));
    assertThrows(IllegalArgumentException.class, () -> EIE.withClockMhz(Double.NaN));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EseArchitecture(32, 32, 8, 200, 4, 64, -1, 41, Set.of()));
    assertThrows(IllegalArgumentException.class, () -> new BroadcastEnergy(1, 1, 1, 1, 1, -1));
  }
}
