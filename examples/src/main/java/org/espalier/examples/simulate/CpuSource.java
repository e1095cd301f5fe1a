package org.espalier.examples.simulate;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.examples.bench.LibtorchProbe;
import org.espalier.hw.cpu.CpuCalibration;
import org.espalier.hw.file.CpuCalibrationFile;
import org.espalier.hw.machine.Cpu;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.AtomicFile;

/** The machine {@code cpu}: this processor, from a calibration that is read or measured once. */
final class CpuSource {

  private static final int STEPS_PER_LINE = 50;

  private final Optional<Path> file;
  private final int threads;
  private final PrintWriter out;
  private Cpu cpu;

  /**
   * @param file of a calibration: read if it exists, else written
   * @param threads that share a product
   * @param out hears of the measurement
   */
  CpuSource(Optional<Path> file, int threads, PrintWriter out) {
    this.file = file;
    this.threads = threads;
    this.out = out;
  }

  /**
   * Returns the machine.
   *
   * @throws InvalidInputException if the file does not hold, or is of another machine or number of
   *     threads
   */
  Cpu get() {
    if (cpu == null) {
      cpu = new Cpu(file.filter(Files::exists).map(this::read).orElseGet(this::measure));
    }
    return cpu;
  }

  private CpuCalibration read(Path from) {
    CpuCalibration calibration = CpuCalibrationFile.read(from);
    if (calibration.conditions().threads() != threads) {
      throw new InvalidInputException(
          from.toString(),
          "a calibration of " + threads + " threads",
          Integer.toString(calibration.conditions().threads()),
          "name another file, or give --threads as it was measured");
    }
    return calibration;
  }

  private CpuCalibration measure() {
    file.ifPresent(
        to -> AtomicFile.requireWritableDirectory(to.toAbsolutePath().normalize().getParent()));
    say("calibrating this machine, some 20 s if it is quiet, as it should be");
    CpuCalibration measured =
        CpuCalibration.measure(
            threads,
            new LibtorchProbe(),
            (done, total, what) -> {
              if (done % STEPS_PER_LINE == 0) {
                say("  %d of %d: %s".formatted(done, total, what));
              }
            });
    file.ifPresent(
        to -> {
          CpuCalibrationFile.write(to, measured);
          say("calibration: " + to);
        });
    return measured;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
