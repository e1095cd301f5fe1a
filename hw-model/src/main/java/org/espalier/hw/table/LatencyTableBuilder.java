package org.espalier.hw.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.hw.cost.LatencyQuery.Operation;
import org.espalier.hw.cpu.Conditions;
import org.espalier.hw.cpu.DenseProbe;
import org.espalier.hw.cpu.Progress;
import org.espalier.hw.cpu.SparseProbe;
import org.espalier.hw.workload.DataType;
import org.espalier.hw.workload.Gemm;
import org.espalier.sparse.pattern.SparsityPattern;
import org.espalier.sparse.pattern.Unstructured;

/**
 * Measures a table on this processor, one thread: every shape with every density of a pattern, and
 * dense if there is a library. About a second for a row.
 *
 * @param shapes of one sample each
 * @param patterns that fit the shapes
 * @param densities in (0, 1]; a pattern that fixes its own has one row per shape
 * @param batch samples of one run, at least 1
 * @param dense the native library; empty for sparse rows only
 * @param seed of the weights
 */
public record LatencyTableBuilder(
    List<Gemm> shapes,
    List<SparsityPattern> patterns,
    List<Double> densities,
    int batch,
    Optional<DenseProbe> dense,
    long seed) {

  /** Copies the lists. */
  public LatencyTableBuilder {
    shapes = List.copyOf(shapes);
    patterns = List.copyOf(patterns);
    densities = List.copyOf(densities);
  }

  /** Returns the questions that the table will answer exactly. */
  List<LatencyQuery> queries() {
    List<LatencyQuery> queries = new ArrayList<>();
    for (Gemm shape : shapes) {
      for (SparsityPattern pattern : patterns) {
        int[] extents = {shape.m(), shape.k()};
        pattern.requireFits("latency table", extents);
        List<Double> here =
            pattern.fixedSparsity(extents).isPresent()
                ? List.of(1 - pattern.fixedSparsity(extents).getAsDouble())
                : densities;
        for (double density : here) {
          queries.add(query(Operation.SPARSE_GEMM, shape, pattern, density));
        }
      }
      if (dense.isPresent()) {
        queries.add(query(Operation.DENSE_GEMM, shape, Unstructured.INSTANCE, 1));
      }
    }
    return queries;
  }

  private LatencyQuery query(
      Operation operation, Gemm shape, SparsityPattern pattern, double density) {
    return new LatencyQuery(operation, shape, pattern, density, DataType.FP32, batch);
  }

  /**
   * Measures.
   *
   * @param progress hears how far it is
   */
  public LatencyTable measure(Progress progress) {
    List<LatencyQuery> queries = queries();
    List<LatencyRow> rows = new ArrayList<>();
    for (LatencyQuery query : queries) {
      Gemm product = query.product();
      progress.at(
          rows.size(),
          queries.size(),
          "%d,%d,%d %s".formatted(product.m(), product.k(), product.n(), query.pattern().text()));
      SparseProbe.Samples samples =
          query.operation() == Operation.DENSE_GEMM
              ? SparseProbe.time(product, dense.orElseThrow())
              : SparseProbe.time(product, query.pattern(), query.density(), seed);
      rows.add(new LatencyRow(query, samples.mean(), samples.p95(), samples.us().length));
    }
    Conditions here = Conditions.here(dense.map(DenseProbe::library).orElse("no dense library"));
    return new LatencyTable(
        here.processor(),
        "JDK %s, kernels %s, %s".formatted(here.java(), here.kernels(), here.library()),
        rows);
  }
}
