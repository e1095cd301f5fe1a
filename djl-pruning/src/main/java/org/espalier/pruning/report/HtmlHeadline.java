package org.espalier.pruning.report;

/** The figures that a reader takes away. */
final class HtmlHeadline {

  private static final String CARD =
      """
      <div class="card">
      <div class="label">%s</div>
      <div class="value">%s</div>
      <div class="note">%s</div>
      </div>
      """;

  private HtmlHeadline() {}

  static String of(Outcome outcome) {
    return "<section class=\"cards\">\n"
        + accuracy(outcome.denseAccuracy(), outcome.sparseAccuracy())
        + card(
            "sparsity",
            Figures.percent(outcome.sparsity()),
            "%s of %s weights remain"
                .formatted(Figures.count(outcome.nonzeros()), Figures.count(outcome.elements())))
        + size(outcome)
        + speed(outcome.measured())
        + "</section>\n";
  }

  static String of(StructuredOutcome outcome) {
    return "<section class=\"cards\">\n"
        + accuracy(outcome.denseAccuracy(), outcome.prunedAccuracy())
        + reduction("parameters", outcome.parameters())
        + reduction("FLOPs of one example", outcome.flops())
        + speed(outcome.measured())
        + "</section>\n";
  }

  private static String accuracy(double dense, double pruned) {
    return card(
            "accuracy, pruned",
            Figures.percent(pruned),
            Figures.points(pruned - dense) + " points against dense")
        + card("accuracy, dense", Figures.percent(dense), "before pruning");
  }

  private static String reduction(String what, Reduction reduction) {
    return card(
        what,
        Figures.count(reduction.after()),
        "of %s: %s are gone"
            .formatted(Figures.count(reduction.before()), Figures.percent(reduction.removed())));
  }

  private static String size(Outcome outcome) {
    String note = "%s dense".formatted(Figures.bytes(outcome.denseBytes()));
    if (outcome.csrBytes() > 0) {
      double ratio = (double) outcome.denseBytes() / outcome.csrBytes();
      note +=
          ratio >= 1
              ? ", %s\u00d7 smaller".formatted(Figures.three(ratio))
              : ", %s\u00d7 larger".formatted(Figures.three(1 / ratio));
    }
    return card("size as CSR", Figures.bytes(outcome.csrBytes()), note);
  }

  private static String speed(TotalTiming measured) {
    if (measured == null) {
      return card("measured speed-up", Figures.NONE, "nothing was measured");
    }
    double speedup = measured.timing().speedup();
    String verdict = speedup < 1 ? "slower than dense: " : "";
    return card(
        "measured speed-up", Figures.three(speedup) + "\u00d7", verdict + measured.definition());
  }

  private static String card(String label, String value, String note) {
    return CARD.formatted(Html.escape(label), Html.escape(value), Html.escape(note));
  }
}
