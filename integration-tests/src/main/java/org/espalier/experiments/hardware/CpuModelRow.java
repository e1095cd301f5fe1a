package org.espalier.experiments.hardware;

import java.util.Locale;
import org.espalier.examples.bench.ProductBench;
import org.espalier.hw.cost.LayerCost;

/**
 * A product, measured and predicted.
 *
 * @param of the product
 * @param measured by the benchmark
 * @param predicted by the model
 */
record CpuModelRow(CpuCases.Case of, ProductBench.Times measured, LayerCost predicted) {

  /** Returns predicted / measured - 1 of the sparse product. */
  double sparseError() {
    return predicted.time().us() / measured.sparseUs() - 1;
  }

  /** Returns predicted / measured - 1 of the dense product. */
  double denseError() {
    return predicted.dense().us() / measured.denseUs() - 1;
  }

  /** Returns a row of the table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f | %s | %.1f | %.1f | %+.0f %% | %.1f | %.1f | %+.0f %% |",
        of.shape().text(),
        of.pattern().text(),
        of.sparsity(),
        measured.kernel(),
        measured.sparseUs(),
        predicted.time().us(),
        100 * sparseError(),
        measured.denseUs(),
        predicted.dense().us(),
        100 * denseError());
  }
}
