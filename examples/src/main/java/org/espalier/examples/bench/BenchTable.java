package org.espalier.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.examples.output.TextTable;

/** A benchmark as text: rows as they come, then their means. */
final class BenchTable {

  private static final String MEASURES = "  %10s  %10s  %8s  %8s  %7s  ";
  private static final String SCALINGS = "%10s  %11s  %10s  %11s  ";

  private final String labels;
  private final boolean scaled;
  private final int total;
  private int done;

  /**
   * @param cases all that will come
   * @param threads scalings get columns if there are several
   */
  BenchTable(List<BenchCase> cases, int threads) {
    int shape = cases.stream().mapToInt(c -> c.shape().text().length()).max().orElse(0);
    int pattern = cases.stream().mapToInt(c -> c.pattern().text().length()).max().orElse(0);
    this.total = cases.size();
    this.scaled = threads > 1;
    this.labels =
        "%%%ds  %%-%ds  %%-%ds  %%8s"
            .formatted(
                2 * Integer.toString(total).length() + 1,
                Math.max(shape, "M,K,N".length()),
                Math.max(pattern, "pattern".length()));
  }

  /** Returns what the columns are. */
  String head() {
    return String.format(labels, "row", "M,K,N", "pattern", "sparsity")
        + String.format(MEASURES, "dense us", "sparse us", "speed-up", "GFLOP/s", "of peak")
        + (scaled
            ? String.format(SCALINGS, "dense 1 us", "dense gains", "own 1 us", "own gains")
            : "")
        + "kernel";
  }

  /** Returns a line; it says how many rows are done, so it serves as progress. */
  String line(CaseBench.Measured measured) {
    BenchRow row = measured.row();
    ScalingRow scaling = measured.scaling();
    done++;
    return String.format(
            Locale.ROOT,
            labels,
            done + "/" + total,
            new BenchShape(row.m(), row.k(), row.n()).text(),
            row.pattern(),
            row.sparsity())
        + String.format(
            MEASURES,
            one(row.denseMedianUs()),
            one(row.medianUs()),
            times(row.speedupVsDense()),
            one(row.gflopsUseful()),
            percent(row.fractionOfFmaPeak()))
        + (scaled
            ? String.format(
                SCALINGS,
                one(scaling.denseOneThreadMedianUs()),
                times(scaling.denseScaling()),
                one(scaling.oneThreadMedianUs()),
                times(scaling.scaling()))
            : "")
        + row.kernel();
  }

  /** Returns a table of means, a column per sparsity; each cell: speed-up, fraction of the peak. */
  static String means(List<GeometricMean> means) {
    Set<Double> sparsities =
        means.stream()
            .map(GeometricMean::sparsity)
            .sorted()
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<String> heads = new ArrayList<>(List.of("geometric means", "pattern"));
    sparsities.forEach(sparsity -> heads.add(Double.toString(sparsity)));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    Map<List<String>, Map<Double, String>> lines = new LinkedHashMap<>();
    for (GeometricMean mean : means) {
      lines
          .computeIfAbsent(List.of(mean.columns(), mean.pattern()), label -> new LinkedHashMap<>())
          .put(
              mean.sparsity(),
              times(mean.speedupVsDense()) + " " + percent(mean.fractionOfFmaPeak()));
    }
    lines.forEach(
        (label, cells) -> {
          List<String> line = new ArrayList<>(label);
          sparsities.forEach(sparsity -> line.add(cells.getOrDefault(sparsity, "")));
          table.row(line.toArray(String[]::new));
        });
    return table.text();
  }

  /** Returns the speed-ups of the largest group in one line: many columns if there are such. */
  static String lastLine(List<GeometricMean> means) {
    String columns =
        means.stream()
            .map(GeometricMean::columns)
            .filter(GeometricMean.MANY::equals)
            .findFirst()
            .orElse(means.get(0).columns());
    Map<String, String> patterns = new LinkedHashMap<>();
    for (GeometricMean mean : means) {
      if (mean.columns().equals(columns)) {
        String figure = mean.sparsity() + ": " + times(mean.speedupVsDense());
        patterns.merge(mean.pattern(), figure, (a, b) -> a + ", " + b);
      }
    }
    return "geometric means of speed-ups over dense, "
        + columns
        + ": "
        + patterns.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining("; "));
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2fx", ratio);
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * fraction);
  }
}
