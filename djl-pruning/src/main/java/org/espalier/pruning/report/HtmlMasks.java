package org.espalier.pruning.report;

import java.util.List;
import java.util.stream.Collectors;
import org.espalier.sparse.mask.Mask;

/** The section that shows which weights are left, pixel by pixel. */
final class HtmlMasks {

  private static final String MASK =
      """
      <figure class="mask">
      <h3>%s</h3>
      <img src="%s" alt="%s" width="%s" height="%s">
      <figcaption>%s</figcaption>
      </figure>
      """;

  private static final String INPUT =
      """
      <figure class="input %s">
      <h3>%s, by pixel</h3>
      <div class="channels">%s</div>
      <div class="scale"><span>0</span><i style="background:linear-gradient(to right,%s)"></i>\
      <span>%s weights</span></div>
      <figcaption>How many weights of each input pixel remain.</figcaption>
      </figure>
      """;

  /** Pixels on the page that a small mask is enlarged to, at most. */
  private static final int LARGEST_WIDTH = 784;

  private static final int LARGEST_HEIGHT = 320;
  private static final int LARGEST_ZOOM = 16;
  private static final int INPUT_SIDE = 224;

  private HtmlMasks() {}

  static String of(List<MaskPicture> masks) {
    if (masks.isEmpty()) {
      return "";
    }
    StringBuilder section = new StringBuilder("<section>\n<h2>Masks</h2>\n");
    section.append("<p>Rows are outputs, columns are inputs; a dark pixel is a weight that");
    section.append(" remains.</p>\n");
    for (MaskPicture mask : masks) {
      // The same machines that have no fonts may have no pictures either.
      try {
        String figures = mask(mask) + input(mask);
        section.append("<div class=\"masks\">\n").append(figures).append("</div>\n");
      } catch (RuntimeException | LinkageError | InternalError e) {
        section.append(HtmlPlots.missing(e));
      }
    }
    return section.append("</section>\n").toString();
  }

  private static String mask(MaskPicture picture) {
    Mask mask = picture.mask();
    MaskImage image = MaskImage.of(picture);
    Png png = image.png();
    int zoom =
        Math.min(
            LARGEST_ZOOM, Math.min(LARGEST_WIDTH / png.width(), LARGEST_HEIGHT / png.height()));
    zoom = Math.max(1, zoom);
    String scale =
        image.box() == 1
            ? "one pixel per weight"
            : "one pixel per %s\u00d7%s weights, the fullest darkest"
                .formatted(image.box(), image.box());
    String caption =
        "%s rows, %s columns: %s of %s weights remain, %s sparsity; %s."
            .formatted(
                Figures.count(picture.rows()),
                Figures.count(picture.columns()),
                Figures.count(mask.keptCount()),
                Figures.count(mask.elements()),
                Figures.percent(mask.sparsity()),
                scale);
    String name = Html.escape(picture.name());
    return MASK.formatted(
        name,
        png.dataUri(),
        "mask of " + name,
        png.width() * zoom,
        png.height() * zoom,
        Html.escape(caption));
  }

  private static String input(MaskPicture picture) {
    InputImage input = InputImage.of(picture);
    if (input == null) {
      return "";
    }
    StringBuilder channels = new StringBuilder();
    for (Png png : input.channels()) {
      channels.append(
          "<img src=\"%s\" alt=\"surviving weights per input pixel\" width=\"%s\" height=\"%s\">"
              .formatted(png.dataUri(), INPUT_SIDE, INPUT_SIDE));
    }
    String colors =
        InputImage.SCALE.stream()
            .map(color -> Figures.format("#%06x", color))
            .collect(Collectors.joining(","));
    return INPUT.formatted(
        input.channels().size() == 1 ? "one" : "many",
        Html.escape(picture.name()),
        channels,
        colors,
        Figures.count(input.most()));
  }
}
