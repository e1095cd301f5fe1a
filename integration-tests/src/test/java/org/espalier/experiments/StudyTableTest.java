package org.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StudyTableTest {

  /**
   * By hand: errors 2, 3 and 4 % have mean 3 and variance (1 + 0 + 1) / 2 = 1; dense training has
   * one error, 1.5 %, for every sparsity; methods without runs have no row.
   */
  @Test
  void meansAndDeviationsByMethodAndSparsity() {
    StudyTable table = new StudyTable(List.of(SparseMethod.values()));
    table.add("RIGL", 0.9, 0.98);
    table.add("RIGL", 0.9, 0.97);
    table.add("RIGL", 0.9, 0.96);
    table.add("DENSE", 0, 0.985);
    assertEquals(
        """
        | method | 90 % | 95 % |
        |---|---|---|
        | dense | 1.50 ± 0.00 | 1.50 ± 0.00 |
        | rigl | 3.00 ± 1.00 |  |
        """,
        table.markdown(List.of(0.9, 0.95)));
  }
}
