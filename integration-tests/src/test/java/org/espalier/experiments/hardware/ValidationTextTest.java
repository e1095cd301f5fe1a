package org.espalier.experiments.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.hw.validate.Comparison;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.junit.jupiter.api.Test;

class ValidationTextTest {

  private static final Comparison COMPARISON =
      new Comparison(
          "EIE, actual time",
          "the source",
          "us",
          "the method",
          List.of(
              new Row("a", 10, 11.5, Role.HELD_OUT, ""),
              new Row("b", 2000, 1900, Role.HELD_OUT, "flagged"),
              new Row("c", Double.NaN, 0.5, Role.HELD_OUT, ""),
              new Row("d", 1, 1, Role.FITTED, "")));

  @Test
  void everyRowIsPrinted() {
    String chapter = ValidationText.chapter(COMPARISON);
    assertTrue(chapter.contains("| a | 10.00 | 11.50 | +15.0 | held out |  |"), chapter);
    assertTrue(chapter.contains("| b | 2,000 | 1,900 | -5.0 | held out | flagged |"), chapter);
    assertTrue(chapter.contains("| c | - | 0.500 | - | prediction |  |"), chapter);
    assertTrue(chapter.contains("| d | 1.000 | 1.000 | +0.0 | fitted |  |"), chapter);
  }

  @Test
  void summariesCountByRole() {
    String summary = ValidationText.summary(List.of(COMPARISON));
    String line = "| [EIE, actual time](#eie-actual-time) | 2 | held out | 10.0 | 15.0 | 50 % |  |";
    assertTrue(summary.contains(line), summary);
    assertEquals(4, summary.lines().count());
  }
}
