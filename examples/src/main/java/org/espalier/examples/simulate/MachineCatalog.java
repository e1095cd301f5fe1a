package org.espalier.examples.simulate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.examples.output.TextTable;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.file.MachineFile;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.machine.Machines;

/** The machines of the command line: those with a name, and YAML files. */
public final class MachineCatalog implements MachineSource {

  /** The machine that must be measured first. */
  private static final String CPU = "cpu";

  private final CpuSource cpu;

  /**
   * @param calibration of this processor: read if the file exists, else written; empty = measured
   *     anew where it is needed
   * @param threads of this processor that share a product
   * @param out hears of the measurement
   */
  public MachineCatalog(Optional<Path> calibration, int threads, PrintWriter out) {
    this.cpu = new CpuSource(calibration, threads, out);
  }

  @Override
  public Machine find(String name, MachineOptions options) {
    if (name.equals(CPU)) {
      return cpu.get();
    }
    return WorkloadLayers.isFile(name)
        ? MachineFile.read(Path.of(name), options)
        : Machines.named(name, options);
  }

  /** Prints what can be named. */
  public void print(PrintWriter out) {
    TextTable machines = new TextTable("machine", "what it is");
    for (String name : Machines.names()) {
      machines.row(name, Machines.named(name, MachineOptions.DEFAULT).summary());
    }
    machines.row(CPU, "this processor, calibrated: packed kernels against libtorch");
    TextTable workloads = new TextTable("workload", "layers");
    for (String name : Workloads.names()) {
      workloads.row(name, Integer.toString(Workloads.named(name).layers().size()));
    }
    out.println(machines.text());
    out.print(workloads.text());
    out.flush();
  }
}
