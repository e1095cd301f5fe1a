package org.espalier.experiments.structured;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Results by variant, each a mean over its seeds. Losses are differences to the dense network of
 * the same seed.
 *
 * @param results of any variants and seeds
 */
record FashionTable(List<FashionResult> results) {

  private static final String HEAD =
      "| network | accuracy after removal, % | accuracy, % | points lost: mean (each seed) |"
          + " against dense, trained on | parameters left, % | FLOPs left, % | time of a batch |\n"
          + "|---|---|---|---|---|---|---|---|\n";

  /** Sorts by seed. */
  FashionTable {
    results = results.stream().sorted(Comparator.comparingLong(FashionResult::seed)).toList();
  }

  /** Returns the results of a variant, by rising seed. */
  List<FashionResult> of(FashionVariant variant) {
    return results.stream().filter(result -> result.variant().equals(variant.name())).toList();
  }

  /**
   * Returns what a variant has lost against a reference of the same seed, in points of per cent,
   * for each seed that has both.
   */
  List<Double> losses(FashionVariant variant, FashionVariant reference) {
    List<Double> losses = new ArrayList<>();
    for (FashionResult result : of(variant)) {
      of(reference, result.seed())
          .ifPresent(other -> losses.add(100 * (other.accuracy() - result.accuracy())));
    }
    return losses;
  }

  private Optional<FashionResult> of(FashionVariant variant, long seed) {
    return of(variant).stream().filter(result -> result.seed() == seed).findFirst();
  }

  /** Returns the table, a row for each variant that has results. */
  String markdown(List<FashionVariant> variants) {
    StringBuilder text = new StringBuilder(HEAD);
    for (FashionVariant variant : variants) {
      if (!of(variant).isEmpty()) {
        text.append(row(variant));
      }
    }
    return text.toString();
  }

  private String row(FashionVariant variant) {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %s | %s | %.1f | %.1f | %.2f |%n",
        variant.label(),
        100 * mean(variant, FashionResult::removed),
        100 * mean(variant, FashionResult::accuracy),
        text(losses(variant, FashionVariant.DENSE)),
        text(losses(variant, FashionVariant.TUNED)),
        share(variant, result -> result.size().parameters()),
        share(variant, result -> result.size().flops()),
        mean(variant, FashionResult::time));
  }

  /** Returns the mean of a figure of a variant over its seeds. */
  double mean(FashionVariant variant, ToDoubleFunction<FashionResult> figure) {
    return of(variant).stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  /** Returns how much of the dense network's figure is left, in per cent. */
  double share(FashionVariant variant, ToDoubleFunction<FashionResult> figure) {
    return 100 * mean(variant, figure) / mean(FashionVariant.DENSE, figure);
  }

  private static String text(List<Double> losses) {
    double mean = losses.stream().mapToDouble(loss -> loss).average().orElse(Double.NaN);
    return losses.stream()
        .map(loss -> String.format(Locale.ROOT, "%.2f", loss))
        .collect(Collectors.joining(", ", String.format(Locale.ROOT, "%.2f (", mean), ")"));
  }
}
