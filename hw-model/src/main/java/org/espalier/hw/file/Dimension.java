package org.espalier.hw.file;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a quantity measures, and the units that a file may write it in. */
enum Dimension {
  /** Read in MHz. */
  FREQUENCY(
      "800 MHz",
      new Unit("Hz", 1e-6),
      new Unit("kHz", 1e-3),
      new Unit("MHz", 1),
      new Unit("GHz", 1e3)),
  /** Read in bytes. */
  SIZE(
      "128 KiB",
      new Unit("B", 1),
      new Unit("KB", 1e3),
      new Unit("MB", 1e6),
      new Unit("GB", 1e9),
      new Unit("KiB", 1 << 10),
      new Unit("MiB", 1 << 20),
      new Unit("GiB", 1 << 30)),
  /** Read in 10^9 bytes per second. */
  BANDWIDTH(
      "3.35 TB/s",
      new Unit("B/s", 1e-9),
      new Unit("KB/s", 1e-6),
      new Unit("MB/s", 1e-3),
      new Unit("GB/s", 1),
      new Unit("TB/s", 1e3)),
  /** Read in pJ. */
  ENERGY(
      "0.56 pJ", new Unit("fJ", 1e-3), new Unit("pJ", 1), new Unit("nJ", 1e3), new Unit("uJ", 1e6)),
  /** Read in pJ per byte. */
  ENERGY_PER_BYTE(
      "1.25 pJ/B",
      new Unit("fJ/B", 1e-3),
      new Unit("pJ/B", 1),
      new Unit("nJ/B", 1e3),
      new Unit("pJ/bit", 8));

  private record Unit(String name, double factor) {}

  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile(
          "(\\d{1,18}(?:\\.\\d{1,18})?(?:[eE][+-]?\\d{1,3})?)\\s*(\\p{Alpha}[\\p{Alpha}/]*)");

  private final String example;
  private final List<Unit> units;

  Dimension(String example, Unit... units) {
    this.example = example;
    this.units = List.of(units);
  }

  /** Returns a quantity as a user would write it. */
  String example() {
    return example;
  }

  /** Returns the names of the units, for a message. */
  String unitNames() {
    return units.stream().map(Unit::name).collect(Collectors.joining(", "));
  }

  /** Returns the number in the unit that is read, if the text is a number and a known unit. */
  Optional<Double> parse(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return units.stream()
        .filter(unit -> unit.name().equals(matcher.group(2)))
        .map(unit -> Double.parseDouble(matcher.group(1)) * unit.factor())
        .findFirst();
  }
}
