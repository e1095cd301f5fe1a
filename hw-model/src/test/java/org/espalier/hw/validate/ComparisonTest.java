package org.espalier.hw.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void onlyKnownRowsOfTheRoleCount() {
    Comparison comparison =
        new Comparison(
            "title",
            "source",
            "us",
            "method",
            List.of(
                new Row("a", 10, 11, Role.HELD_OUT, ""),
                new Row("b", 10, 8, Role.HELD_OUT, ""),
                new Row("c", Double.NaN, 8, Role.HELD_OUT, ""),
                new Row("d", 10, 30, Role.FITTED, "")));
    assertEquals(0.15, comparison.mape(Role.HELD_OUT), 1e-15);
    assertEquals(0.2, comparison.maximum(Role.HELD_OUT), 1e-15);
    assertEquals(0.5, comparison.shareWithinTenPercent(Role.HELD_OUT));
    assertEquals(2, comparison.mape(Role.FITTED));
    assertTrue(Double.isNaN(comparison.mape(Role.PEER)));
    assertEquals(-0.2, comparison.rows().get(1).error(), 1e-15);
    assertThrows(
        IllegalArgumentException.class, () -> new Comparison("t", "s", "u", "m", List.of()));
  }
}
