package org.espalier.hw.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.espalier.hw.arch.DualSideArchitecture;
import org.espalier.hw.arch.EieArchitecture;
import org.espalier.hw.arch.EseArchitecture;
import org.espalier.hw.arch.EyerissV2Pe;
import org.espalier.hw.arch.NmArrayArchitecture;
import org.espalier.hw.arch.ScnnChip;
import org.espalier.hw.arch.TensorCorePresets;
import org.espalier.hw.cost.Machine;
import org.espalier.sparse.InvalidInputException;

/** The machines that have a name. */
public final class Machines {

  private static final Map<String, Function<MachineOptions, Machine>> BY_NAME =
      new LinkedHashMap<>();

  static {
    BY_NAME.put("eie", options -> new Eie(EieArchitecture.PUBLISHED, options));
    BY_NAME.put("ese", options -> new Ese(EseArchitecture.PUBLISHED, options));
    BY_NAME.put("a100", options -> new SparseTensorCore(TensorCorePresets.a100()));
    BY_NAME.put("a100-pcie", options -> new SparseTensorCore(TensorCorePresets.a100Pcie()));
    BY_NAME.put("h100-pcie", options -> new SparseTensorCore(TensorCorePresets.h100Pcie()));
    BY_NAME.put("h100-sxm", options -> new SparseTensorCore(TensorCorePresets.h100Sxm()));
    BY_NAME.put("dstc", options -> new DualSideTensorCore(DualSideArchitecture.wang()));
    BY_NAME.put("nm-array", options -> new NmArray(NmArrayArchitecture.sparseTensorCore()));
    BY_NAME.put("scnn", options -> Scnn.chip(ScnnChip.PUBLISHED, options));
    BY_NAME.put("scnn-pe", options -> Scnn.element(ScnnChip.PUBLISHED, options));
    BY_NAME.put("eyeriss-v2-pe", options -> new EyerissV2(EyerissV2Pe.PUBLISHED));
  }

  private Machines() {}

  /** Returns the names, in the order of the documentation. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * Returns a machine.
   *
   * @param name one of {@link #names}
   * @throws InvalidInputException if there is none of that name
   */
  public static Machine named(String name, MachineOptions options) {
    Function<MachineOptions, Machine> make = BY_NAME.get(name);
    if (make == null) {
      throw new InvalidInputException(
          "machine",
          "one of " + String.join(", ", BY_NAME.keySet()),
          "'" + name + "'",
          "name one of them, or a YAML file that describes a machine");
    }
    return make.apply(options);
  }

  /**
   * Returns a machine whose queue depth and number of elements can be varied.
   *
   * @param name one of {@link #names}
   * @return none if the machine of that name, or none at all, has them
   */
  public static Optional<BroadcastMachine> broadcast(String name, MachineOptions options) {
    Function<MachineOptions, Machine> make = BY_NAME.get(name);
    return make != null && make.apply(options) instanceof BroadcastMachine machine
        ? Optional.of(machine)
        : Optional.empty();
  }
}
