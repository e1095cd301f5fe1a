package org.espalier.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GeometricMeanTest {

  private static BenchRow row(int n, String pattern, double speedup, double fraction) {
    return new BenchRow(8, 8, n, pattern, 0.9, 1, 1, speedup, 1, speedup, fraction, "kernel");
  }

  @Test
  void fewColumnsStandApart() {
    List<GeometricMean> means =
        GeometricMean.all(
            List.of(
                row(49, "unstructured", 2, 0.1),
                row(196, "unstructured", 8, 0.4),
                row(48, "unstructured", 3, 0.5),
                row(1, "unstructured", 5, 0.5),
                row(64, "block:4x1", 7, 0.5)));
    assertEquals(4, means.size());
    assertEquals(
        List.of("N >= 49", "N = 48", "N = 1", "N >= 49"),
        means.stream().map(GeometricMean::columns).toList());
    assertEquals(2, means.get(0).shapes());
    assertEquals(4, means.get(0).speedupVsDense(), 1e-12); // sqrt(2 x 8)
    assertEquals(0.2, means.get(0).fractionOfFmaPeak(), 1e-12); // sqrt(0.1 x 0.4)
    assertEquals(7, means.get(3).speedupVsDense(), 1e-12);
    assertEquals(
        "geometric means of speed-ups over dense, N >= 49: unstructured 0.9: 4.00x; block:4x1"
            + " 0.9: 7.00x",
        BenchTable.lastLine(means));
  }

  @Test
  void withoutManyColumnsTheFirstGroupIsTheLastLine() {
    assertEquals(
        "geometric means of speed-ups over dense, N = 16: unstructured 0.9: 3.00x",
        BenchTable.lastLine(
            GeometricMean.all(
                List.of(row(16, "unstructured", 3, 0.5), row(1, "unstructured", 4, 0.5)))));
  }
}
