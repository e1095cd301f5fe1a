package org.espalier.hw.workload;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.espalier.sparse.InvalidInputException;

/** The numbers that a layer multiplies. */
public enum DataType {
  /** IEEE single precision. */
  FP32(32),
  /** Single precision whose products have ten bits of mantissa; stored in 32 bits. */
  TF32(32),
  /** IEEE half precision. */
  FP16(16),
  /** Half the bits of single precision, its exponent kept. */
  BF16(16),
  /** Integers of 16 bits: the fixed point of EIE, ESE, SCNN. */
  INT16(16),
  /** Integers of 8 bits. */
  INT8(8),
  /** Floating point of 8 bits. */
  FP8(8),
  /** Integers of 4 bits. */
  INT4(4);

  private final int bits;

  DataType(int bits) {
    this.bits = bits;
  }

  /** Returns how many bits a value takes in memory. */
  public int bits() {
    return bits;
  }

  /** Returns the name that files and the command line use, such as {@code fp16}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a name, in any case.
   *
   * @throws InvalidInputException listing the names
   */
  public static DataType parse(String text) {
    return Arrays.stream(values())
        .filter(type -> type.text().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "dtype",
                    "one of "
                        + Arrays.stream(values())
                            .map(DataType::text)
                            .collect(Collectors.joining(", ")),
                    "'" + text + "'",
                    "correct the data type"));
  }
}
