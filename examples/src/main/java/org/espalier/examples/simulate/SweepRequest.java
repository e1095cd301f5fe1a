package org.espalier.examples.simulate;

import java.util.Arrays;
import java.util.List;
import org.espalier.sparse.InvalidInputException;

/**
 * What is varied, and over which settings.
 *
 * @param parameter what is varied
 * @param values settings, at least one
 */
public record SweepRequest(Parameter parameter, List<Double> values) {

  /** What can be varied. */
  public enum Parameter {
    /** Non-zeros / weights of every layer, placed uniformly. */
    DENSITY("density"),
    /** Entries of the activation queue of each processing element. */
    QUEUE_DEPTH("queue-depth"),
    /** Number of processing elements. */
    ELEMENTS("elements");

    private final String text;

    Parameter(String text) {
      this.text = text;
    }

    /** Returns the name on the command line. */
    public String text() {
      return text;
    }
  }

  private static final String FORM = "PARAMETER=V,V,... with a parameter among %s";

  /** Copies the list. */
  public SweepRequest {
    values = List.copyOf(values);
  }

  /**
   * Reads {@code queue-depth=1,2,4,8}.
   *
   * @throws InvalidInputException if that is no sweep
   */
  public static SweepRequest parse(String text) {
    String[] parts = text.split("=", 2);
    List<String> names = Arrays.stream(Parameter.values()).map(Parameter::text).toList();
    if (parts.length < 2 || !names.contains(parts[0])) {
      throw refusal(FORM.formatted(String.join(", ", names)), text);
    }
    Parameter parameter = Parameter.values()[names.indexOf(parts[0])];
    List<Double> values =
        Arrays.stream(parts[1].split(",", -1)).map(value -> number(parameter, value)).toList();
    return new SweepRequest(parameter, values);
  }

  private static double number(Parameter parameter, String text) {
    double value;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw refusal("numbers with commas between", text);
    }
    boolean holds =
        parameter == Parameter.DENSITY
            ? value > 0 && value <= 1
            : value >= 1 && value <= 1 << 16 && value == Math.rint(value);
    if (!holds) {
      throw refusal(
          parameter == Parameter.DENSITY
              ? "densities in (0, 1]"
              : "whole numbers from 1 to " + (1 << 16),
          text);
    }
    return value;
  }

  private static InvalidInputException refusal(String expected, String found) {
    return new InvalidInputException(
        "--sweep", expected, "'" + found + "'", "write for example queue-depth=1,2,4,8,16");
  }

  /** Returns a setting as tables show it, such as {@code queue-depth=8}. */
  String setting(double value) {
    String number =
        value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    return parameter.text() + "=" + number;
  }
}
