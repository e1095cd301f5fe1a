package org.espalier.hw.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;
import org.junit.jupiter.api.Test;

class LatencyTableTest {

  private static LatencyRow row(int m, double density, double us) {
    return new LatencyRow(query(m, density), us, 1.5 * us, 21);
  }

  private static LatencyQuery query(int m, double density) {
    return LatencyQuery.sparse(new Gemm(m, 64, 16), Unstructured.INSTANCE, density);
  }

  private static final LatencyTable TABLE =
      new LatencyTable(
          "device",
          "software",
          List.of(row(64, 0.1, 10), row(256, 0.1, 40), row(64, 0.4, 20), row(256, 0.4, 160)));

  private static double us(int m, double density) {
    return TABLE.latencyUs(query(m, density)).getAsDouble();
  }

  @Test
  void measuredPointsAnswerForThemselves() {
    assertEquals(10, us(64, 0.1), 1e-9);
    assertEquals(160, us(256, 0.4), 1e-9);
    assertEquals(10, us(64, 1 - 0.9), 1e-9);
  }

  /**
   * Worked by hand: 128 is half way between 64 and 256 in logarithms, 0.2 between 0.1 and 0.4; so
   * times are geometric means: sqrt(10 * 40), sqrt(10 * 20), and of all four 33.64.
   */
  @Test
  void interpolatesInLogarithms() {
    assertEquals(20, us(128, 0.1), 1e-9);
    assertEquals(Math.sqrt(200), us(64, 0.2), 1e-9);
    assertEquals(Math.pow(10 * 40 * 20 * 160, 0.25), us(128, 0.2), 1e-9);
  }

  /** From 64 to 256 times grow by 4 at .1, as m: so half of 64 takes half of 10 us. */
  @Test
  void goesOnUpToTwice() {
    assertEquals(5, us(32, 0.1), 1e-9);
    assertEquals(80, us(512, 0.1), 1e-9);
  }

  @Test
  void refusesToGoFurther() {
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> TABLE.latencyUs(query(513, 0.1)));
    assertEquals("latency table, m", refused.place());
    assertTrue(refused.expected().startsWith("32 to 512"), refused::expected);
    assertEquals("513", refused.found());
    InvalidInputException thin =
        assertThrows(InvalidInputException.class, () -> TABLE.latencyUs(query(64, 0.04)));
    assertEquals("latency table, density", thin.place());
  }

  @Test
  void neverMixes() {
    LatencyQuery other =
        LatencyQuery.sparse(new Gemm(64, 64, 16), SparsityPattern.parse("block:4x1"), 0.1);
    assertEquals(OptionalDouble.empty(), TABLE.latencyUs(other));
    assertEquals(OptionalDouble.empty(), TABLE.latencyUs(LatencyQuery.dense(other.sample())));
    LatencyQuery half =
        new LatencyQuery(
            other.operation(), other.sample(), Unstructured.INSTANCE, 0.1, DataType.FP16, 1);
    assertEquals(OptionalDouble.empty(), TABLE.latencyUs(half));
  }

  @Test
  void aSingleValueOfAnAxisAnswersOnlyForItself() {
    LatencyQuery deeper = LatencyQuery.sparse(new Gemm(64, 100, 16), Unstructured.INSTANCE, 0.1);
    assertEquals(OptionalDouble.empty(), TABLE.latencyUs(deeper));
  }
}
