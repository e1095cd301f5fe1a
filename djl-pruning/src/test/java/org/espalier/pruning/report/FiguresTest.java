package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.00 %",
    "1, 100.00 %",
    "0.9, 90.00 %",
    "0.99999, >99.99 %",
    "0.99994, 99.99 %",
    "0.00001, <0.01 %",
    "0.00006, 0.01 %"
  })
  void onlyAllIsAHundredPercent(double fraction, String printed) {
    assertEquals(printed, Figures.percent(fraction));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00", "-0.00001, 0.00", "0.0012, +0.12", "-0.0035, \u22120.35", "1, +100.00"})
  void differencesHaveTheirSign(double difference, String printed) {
    assertEquals(printed, Figures.points(difference));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "99949, 99.9 kB",
    "99951, 100 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "9223372036854775807, 9.2 EB"
  })
  void sizesAreDecimal(long bytes, String printed) {
    assertEquals(printed, Figures.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, <0.01",
    "0.5, 0.50",
    "9.994, 9.99",
    "9.996, 10.0",
    "99.94, 99.9",
    "99.96, 100",
    "1234.5, '1,235'",
    "12345678, 1.2e+07"
  })
  void ratiosAndTimesHaveThreeDigits(double value, String printed) {
    assertEquals(printed, Figures.three(value));
  }
}
