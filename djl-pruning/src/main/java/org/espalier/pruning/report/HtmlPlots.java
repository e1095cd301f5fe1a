package org.espalier.pruning.report;

import java.util.Locale;

/** Figures of a page: legend, plot, caption, or the sentence that stands in a plot's place. */
final class HtmlPlots {

  private static final String FIGURE =
      """
      <figure>
      <div class="legend"><span class="axis">%s</span>%s</div>
      <div class="wide">%s</div>
      <figcaption>%s</figcaption>
      </figure>
      """;

  private static final String KEY = "<span class=\"key %s\" style=\"--c:%s\"><i></i>%s</span>";

  private static final String NO_PICTURE =
      """
      <p class="missing">This picture could not be drawn (%s). Plots need fonts, which Java finds \
      through fontconfig. On Debian or Ubuntu: apt-get install fontconfig fonts-dejavu-core; on \
      Fedora: dnf install fontconfig dejavu-sans-fonts; on Alpine: apk add fontconfig ttf-dejavu. \
      Then run the command again.</p>
      """;

  private final PlotRenderer renderer;
  private int plots;

  HtmlPlots(PlotRenderer renderer) {
    this.renderer = renderer;
  }

  /**
   * Returns a figure, or nothing where there is nothing to plot.
   *
   * @param plot may be null
   * @param caption what it shows, plain text
   */
  String figure(Plot plot, String caption) {
    if (plot == null) {
      return "";
    }
    StringBuilder legend = new StringBuilder();
    // A single series is named by its axis.
    if (plot.legend().size() > 1) {
      for (Plot.Entry entry : plot.legend()) {
        String style = entry.style().name().toLowerCase(Locale.ROOT);
        legend.append(KEY.formatted(style, entry.ink().css(), Html.escape(entry.name())));
      }
    }
    String label = Html.escape(caption);
    return FIGURE.formatted(Html.escape(plot.yTitle()), legend, drawn(plot, label), label);
  }

  private String drawn(Plot plot, String label) {
    plots++;
    // Java without fonts throws errors of linkage as well as exceptions, depending on the version;
    // hours of training must not be lost over a picture.
    try {
      return InlineSvg.of(renderer.svg(plot), "plot" + plots, label);
    } catch (RuntimeException | LinkageError | InternalError e) {
      return missing(e);
    }
  }

  /** Returns the sentence that takes the place of a picture. */
  static String missing(Throwable cause) {
    return NO_PICTURE.formatted(Html.escape(cause.toString()));
  }
}
