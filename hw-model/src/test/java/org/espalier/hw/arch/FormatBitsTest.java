package org.espalier.hw.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatBitsTest {

  /** By hand: 8 x 20 elements, 15 non-zeros of 16 bits; ceil lg 8 = 3, lg 20 = 5, lg 16 = 4. */
  @ParameterizedTest
  @CsvSource({
    "dense, 2560", // 160 * 16
    "bitmask, 400", // 160 + 240
    "coo, 360", // 15 * (16 + 3 + 5)
    "csr, 351", // 15 * (16 + 5) + 9 * 4
    "csc, 369", // 15 * (16 + 3) + 21 * 4
  })
  void countsBits(String format, double bits) {
    assertEquals(bits, FormatBits.parse(format).bits(8, 20, 15, 16));
    assertEquals(format, FormatBits.parse(format).text());
  }

  /**
   * The figures of hardware.md for EIE's slices: padding entries for each non-zero at density .09
   * in 64 rows .193, at .04 .561, at .11 .129. Entries of 4 + 4 bits.
   */
  @ParameterizedTest
  @CsvSource({".09, .193", ".04, .561", ".11, .129"})
  void padsLongRuns(double density, double padding) {
    double nonZeros = density * 64 * 1000;
    double bits = FormatBits.parse("rle:4").bits(1000, 64, nonZeros, 4);
    assertEquals(padding, bits / (8 * nonZeros) - 1, 0.0006);
  }

  /** Encodes random rows: a run of 4 or more zeros takes an entry without a value. */
  @Test
  void runsAreThoseOfAnEncoder() {
    SplittableRandom random = new SplittableRandom(1);
    int rows = 2000;
    long entries = 0;
    long nonZeros = 0;
    for (int row = 0; row < rows; row++) {
      int run = 0;
      for (int column = 0; column < 40; column++) {
        if (random.nextDouble() < 0.2) {
          entries += run / 4 + 1;
          nonZeros++;
          run = 0;
        } else {
          run++;
        }
      }
    }
    double bits = FormatBits.parse("rle:2").bits(rows, 40, nonZeros, 8);
    assertEquals(entries * 10.0, bits, 0.01 * bits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CSR", "rle", "rle:0", "rle:17", "ellpack"})
  void refusesOtherFormats(String text) {
    assertThrows(InvalidInputException.class, () -> FormatBits.parse(text));
  }
}
