package org.espalier.experiments.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.espalier.pruning.structured.NetworkSize;
import org.junit.jupiter.api.Test;

class FashionTableTest {

  private static final FashionVariant L1 =
      FashionVariant.all().stream().filter(v -> v.name().equals("l1-50-1")).findFirst().get();

  private static final FashionTable TABLE =
      new FashionTable(
          List.of(
              result("l1-50-1", 2, 0.5, 0.9175, 500, 0.7),
              result("dense", 1, 0.9, 0.9, 1000, 1.0),
              result("dense", 2, 0.925, 0.925, 1000, 1.0),
              result("dense-tuned", 1, 0.9, 0.91, 1000, 1.0),
              result("l1-50-1", 1, 0.25, 0.9025, 490, 0.5),
              result("l1-50-1", 3, 0.75, 0.75, 495, 0.6)));

  private static FashionResult result(
      String variant, long seed, double removed, double accuracy, long flops, double time) {
    return new FashionResult(
        variant, seed, removed, accuracy, new NetworkSize(flops / 10, flops), time);
  }

  @Test
  void lossesPairTheSeedsOfBoth() {
    // 100 (0.9 - 0.9025), 100 (0.925 - 0.9175); seed 3 has no dense network.
    List<Double> losses = TABLE.losses(L1, FashionVariant.DENSE);
    assertEquals(2, losses.size());
    assertEquals(-0.25, losses.get(0), 1e-9);
    assertEquals(0.75, losses.get(1), 1e-9);
    // 100 (0.91 - 0.9025)
    assertEquals(List.of(0.75), rounded(TABLE.losses(L1, FashionVariant.TUNED)));
  }

  private static List<Double> rounded(List<Double> values) {
    return values.stream().map(value -> Math.rint(value * 1e6) / 1e6).toList();
  }

  @Test
  void rowsAreMeansOverSeeds() {
    String[] lines = TABLE.markdown(List.of(FashionVariant.DENSE, L1)).split("\\R");
    assertEquals(4, lines.length);
    assertEquals(
        "| dense | 91.25 | 91.25 | 0.00 (0.00, 0.00) | 1.00 (1.00) | 100.0 | 100.0 | 1.00 |",
        lines[2]);
    // (0.25 + 0.5 + 0.75) / 3; (0.9025 + 0.9175 + 0.75) / 3; (0.75 - 0.25) / 2; of 100
    // parameters 49, 50
    // and 49; 495 of 1000 FLOPs.
    assertEquals(
        "| L1 norms, 50 % in one step | 50.00 | 85.67 | 0.25 (-0.25, 0.75) | 0.75 (0.75) | 49.3"
            + " | 49.5 | 0.60 |",
        lines[3]);
  }

  @Test
  void variantsWithoutResultsHaveNoRow() {
    // Two lines of the head; dense, dense and trained on, L1.
    assertEquals(5, TABLE.markdown(FashionVariant.all()).lines().count());
  }
}
