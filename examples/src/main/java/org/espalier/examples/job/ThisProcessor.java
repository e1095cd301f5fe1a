package org.espalier.examples.job;

import java.util.EnumSet;
import org.espalier.examples.bench.LibtorchProbe;
import org.espalier.hw.cpu.Calibrator;
import org.espalier.hw.cpu.KernelFamily;
import org.espalier.hw.cpu.Progress;
import org.espalier.hw.machine.Cpu;

/** The model of one thread of this processor for dense products; calibrated once, if at all. */
final class ThisProcessor {

  private Cpu cpu;

  /** Returns the model. */
  Cpu get() {
    if (cpu == null) {
      Calibrator calibrator = new Calibrator(1, new LibtorchProbe(), Progress.NONE);
      cpu = new Cpu(calibrator.measure(EnumSet.of(KernelFamily.DENSE, KernelFamily.DENSE_VECTOR)));
    }
    return cpu;
  }
}
