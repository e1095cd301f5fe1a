package org.espalier.examples.simulate;

import java.io.PrintWriter;
import org.espalier.examples.output.TextTable;
import org.espalier.hw.cost.Machine;
import org.espalier.hw.file.Workloads;
import org.espalier.hw.machine.MachineOptions;
import org.espalier.hw.machine.Machines;

/** The machines of the command line: those with a name, and YAML files. */
public final class MachineCatalog implements MachineSource {

  @Override
  public Machine find(String name, MachineOptions options) {
    return Machines.named(name, options);
  }

  /** Prints what can be named. */
  public void print(PrintWriter out) {
    TextTable machines = new TextTable("machine", "what it is");
    for (String name : Machines.names()) {
      machines.row(name, Machines.named(name, MachineOptions.DEFAULT).summary());
    }
    TextTable workloads = new TextTable("workload", "layers");
    for (String name : Workloads.names()) {
      workloads.row(name, Integer.toString(Workloads.named(name).layers().size()));
    }
    out.println(machines.text());
    out.print(workloads.text());
    out.flush();
  }
}
