package org.espalier.experiments.hardware;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.espalier.hw.cpu.Conditions;

/** The report of {@link CpuModelStudy} in Markdown. */
final class CpuModelText {

  private static final double GOAL = 0.2;

  private CpuModelText() {}

  static String of(Conditions conditions, double seconds, List<CpuModelRow> rows) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                # The CPU model against `espalier bench`

                %s, JDK %s, kernels %s, %s, %d thread%s, %s. Calibrated in %.0f s on products that
                are not below; then each product was measured by the code of `espalier bench`.

                %s

                | M,K,N | pattern | sparsity | kernel | sparse us | predicted | error | dense us \
                | predicted | error |
                |---|---|---|---|---|---|---|---|---|---|
                """,
                conditions.processor(),
                conditions.java(),
                conditions.kernels(),
                conditions.library(),
                conditions.threads(),
                conditions.threads() == 1 ? "" : "s",
                conditions.date(),
                seconds,
                summary(rows)));
    rows.forEach(row -> text.append(row.line()).append('\n'));
    return text.toString();
  }

  /** Returns how good the predictions are, in two rows of a table. */
  static String summary(List<CpuModelRow> rows) {
    return "| | products | within 20 % | within 10 % | MAPE | worst | median |\n"
        + "|---|---|---|---|---|---|---|\n"
        + line("sparse", rows, CpuModelRow::sparseError)
        + "\n"
        + line("dense", rows, CpuModelRow::denseError);
  }

  private static String line(
      String side, List<CpuModelRow> rows, ToDoubleFunction<CpuModelRow> error) {
    double[] errors = rows.stream().mapToDouble(error).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1f %% | %.1f %% | %.1f %% | %.0f %% | %+.1f %% |",
        side,
        errors.length,
        100 * share(rows, error, GOAL),
        100 * share(rows, error, GOAL / 2),
        100
            * rows.stream()
                .mapToDouble(row -> Math.abs(error.applyAsDouble(row)))
                .average()
                .orElse(0),
        100 * rows.stream().mapToDouble(row -> Math.abs(error.applyAsDouble(row))).max().orElse(0),
        100 * errors[errors.length / 2]);
  }

  private static double share(
      List<CpuModelRow> rows, ToDoubleFunction<CpuModelRow> error, double bound) {
    return rows.stream()
        .mapToDouble(row -> Math.abs(error.applyAsDouble(row)) <= bound ? 1 : 0)
        .average()
        .orElse(0);
  }
}
