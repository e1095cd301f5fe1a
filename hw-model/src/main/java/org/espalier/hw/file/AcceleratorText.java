package org.espalier.hw.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.espalier.hw.arch.AcceleratorSpec;
import org.espalier.hw.arch.AcceleratorSpec.MacEnergy;
import org.espalier.hw.arch.FormatBits;
import org.espalier.hw.arch.MacArray;
import org.espalier.hw.arch.MemoryLevel;
import org.espalier.hw.arch.Skipping;
import org.espalier.hw.arch.StorageLevel;

/**
 * An accelerator in a file. Quantities have units. Its keys:
 *
 * <ul>
 *   <li>{@code name}, {@code clock}
 *   <li>{@code macs}: multipliers of a unit; a number, which it feeds with as many weights and one
 *       activation, or [weights, activations] that it takes at once
 *   <li>{@code units} (1): how many of them share the rows of the weight, interleaved
 *   <li>{@code skipping}: {@code none}, {@code weights}, {@code activations} or {@code both}
 *   <li>{@code format}: of {@code weights} (dense) and of {@code activations} (dense), see {@link
 *       FormatBits}
 *   <li>{@code mac_energy}; {@code gated_energy}: of a product with a zero that is not skipped, if
 *       the multipliers are gated
 *   <li>{@code memory}: a list from the innermost to the outermost, each with {@code name}, {@code
 *       capacity}, {@code bandwidth}, and {@code energy} per byte
 * </ul>
 */
final class AcceleratorText {

  private AcceleratorText() {}

  static AcceleratorSpec read(FileNode root) {
    String name = root.required("name").text();
    MacArray array = array(root);
    String skipping = root.required("skipping").oneOf("none", "weights", "activations", "both");
    FormatBits weights = format(root, "weights");
    FormatBits activations = format(root, "activations");
    AcceleratorSpec spec =
        new AcceleratorSpec(
            name,
            array,
            Skipping.valueOf(skipping.toUpperCase(Locale.ROOT)),
            weights,
            activations,
            energy(root),
            levels(root.required("memory")));
    root.requireAllRead();
    return spec;
  }

  private static MacArray array(FileNode root) {
    double clockMhz = root.required("clock").quantity(Dimension.FREQUENCY);
    FileNode macs = root.required("macs");
    int units = root.optional("units").map(n -> n.integer(1, MacArray.MOST_UNITS)).orElse(1);
    if (!macs.isList()) {
      return new MacArray(clockMhz, units, lanes(macs), 1);
    }
    List<FileNode> lanes = macs.items();
    if (lanes.size() != 2) {
      throw macs.error(
          "a number, or [weights, activations]",
          lanes.size() + " numbers",
          "write one number, or two");
    }
    return new MacArray(clockMhz, units, lanes(lanes.get(0)), lanes(lanes.get(1)));
  }

  private static int lanes(FileNode node) {
    return node.integer(1, MacArray.MOST_LANES);
  }

  private static FormatBits format(FileNode root, String operand) {
    return root.optional("format")
        .flatMap(formats -> formats.optional(operand))
        .map(n -> n.build(() -> FormatBits.parse(n.text())))
        .orElse(FormatBits.DENSE);
  }

  private static MacEnergy energy(FileNode root) {
    double macPj = root.required("mac_energy").quantity(Dimension.ENERGY);
    double zeroPj =
        root.optional("gated_energy")
            .map(
                n -> {
                  double gatedPj = n.quantity(Dimension.ENERGY);
                  if (gatedPj > macPj) {
                    throw n.error(
                        "at most mac_energy, " + macPj + " pJ",
                        n.describe(),
                        "correct one of them");
                  }
                  return gatedPj;
                })
            .orElse(macPj);
    return new MacEnergy(macPj, zeroPj);
  }

  private static List<StorageLevel> levels(FileNode memory) {
    List<StorageLevel> levels = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (FileNode item : memory.items()) {
      FileNode name = item.required("name");
      if (!names.add(name.text())) {
        throw name.error("a name of its own", name.describe(), "rename one of them");
      }
      levels.add(
          new StorageLevel(
              new MemoryLevel(
                  name.text(),
                  bytes(item.required("capacity")),
                  item.required("bandwidth").quantity(Dimension.BANDWIDTH)),
              item.required("energy").quantity(Dimension.ENERGY_PER_BYTE)));
    }
    return levels;
  }

  private static long bytes(FileNode capacity) {
    double bytes = capacity.quantity(Dimension.SIZE);
    if (bytes < 1 || bytes > Long.MAX_VALUE / 2.0) {
      throw capacity.error("from 1 B to 2^62 B", capacity.describe(), "correct this value");
    }
    return (long) bytes;
  }
}
