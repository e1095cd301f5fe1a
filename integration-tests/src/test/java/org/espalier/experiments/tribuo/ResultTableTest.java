package org.espalier.experiments.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as Markdown, and a chart for each data set. */
class ResultTableTest {

  private static final List<ProblemResult> RESULTS =
      List.of(
          new ProblemResult(
              "iris",
              "accuracy, %",
              List.of(
                  new ProblemResult.Row(
                      "sparse",
                      List.of(
                          new ModelRun(95, 1, 2000, 500),
                          new ModelRun(97, 3, 2200, 700),
                          new ModelRun(96, 2.5, 2400, 600)),
                      1.234),
                  new ProblemResult.Row(
                      "boosted", List.of(new ModelRun(94.44, 0.25, 1_234_500, 1000)), 20))),
          new ProblemResult(
              "wine",
              "RMSE",
              List.of(
                  new ProblemResult.Row(
                      "linear", List.of(new ModelRun(0.7382, 0.4, 800, 90)), 2))));

  @Test
  void rowsHaveMeansDeviationsAndMedians() {
    // 95, 97, 96: mean 96, squares 1 + 1 + 0 over 2, root 1; seconds 1, 2.5, 3.
    assertEquals(
        "| data | model | score | saved, kB | learned, kB | a prediction, us | training, s |\n"
            + "|---|---|---|---|---|---|---|\n"
            + "| iris, accuracy, % | sparse | 96.00 ± 1.00 | 2.2 | 0.6 | 1.23 | 2.5 |\n"
            + "| iris, accuracy, % | boosted | 94.44 | 1,234.5 | 1.0 | 20.00 | 0.3 |\n"
            + "| wine, RMSE | linear | 0.738 | 0.8 | 0.1 | 2.00 | 0.4 |\n",
        ResultTable.of(RESULTS));
  }

  @Test
  void chartsStandInTwoColumns() {
    var one = ResultPlot.of(RESULTS.subList(0, 1));
    var two = ResultPlot.of(RESULTS);
    assertEquals(one.getWidth(), two.getWidth());
    assertEquals(one.getHeight(), two.getHeight());
    int half = two.getWidth() / 2;
    assertEquals(0, dark(one.getSubimage(half, 0, half, one.getHeight())));
    assertEquals(true, dark(two.getSubimage(half, 0, half, two.getHeight())) > 100);
  }

  private static int dark(java.awt.image.BufferedImage image) {
    int count = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        count += (image.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
      }
    }
    return count;
  }
}
