package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.pruning.report.History.EpochPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>");
  private static final Set<String> VOID = Set.of("meta", "img", "br");
  private static final PlotRenderer BLANK = plot -> "<svg viewBox=\"0 0 1 1\"></svg>";

  @Test
  void isWellFormedAndLoadsNothing() {
    String page = HtmlReport.text(Sample.report());
    assertTagsMatch(page);
    assertEquals(6, count(page, "<svg class=\"plot\""));
    Matcher links =
        Pattern.compile("(?:src|href|url)\\s*[=(]\\s*[\"']?([^\"')\\s]*)").matcher(page);
    while (links.find()) {
      String link = links.group(1);
      assertTrue(link.startsWith("data:") || link.startsWith("#"), link);
    }
    assertFalse(page.contains("http://") || page.contains("https://"));
    assertFalse(page.contains("<script"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "97.97 %",
        "98.32 %",
        "\u22120.35 points",
        "90.00 %",
        "26,620 of 266,200 weights remain",
        "160 kB",
        "1.1 MB dense, 6.66\u00d7 smaller",
        "2.94\u00d7",
        "batch 128, 1 thread",
        "300\u00d7784",
        "92.00 %",
        "76.00 %",
        "39.60 %",
        "1,843",
        "3.60\u00d7",
        "3.67\u00d7",
        "0.91\u00d7",
        "No gain in 2 of 3 layers",
        "the call costs more than the product",
        "criterion: magnitude",
        "espalier prune --sparsity 0.9 --seed 42",
        "PyTorch 2.7.1",
        "simd-512",
        "21.4 s",
        "88.8 s",
        "pruned at step 400 from 0.00 % to",
        "on the first 2,048 test images.",
        "All 3 prunings and recoveries in figures",
        "The axis starts at 60 %.",
        "+0.50</td>", // 98.5 - 98 points
        "\u22120.75</td>", // 97.5 - 98.25 points
        "<td class=\"figure\">2.5000</td>",
        "one pixel per weight"
      })
  void showsEveryFigure(String figure) {
    assertTrue(HtmlReport.text(Sample.report(), BLANK).contains(figure), figure);
  }

  @Test
  void masksArePicturesAndPixelsAnImage() {
    String page = HtmlReport.text(Sample.report(), BLANK);
    assertEquals(4, count(page, "<img src=\"data:image/png;base64,"));
    assertTrue(page.contains("alt=\"mask of fc1.weight\" width=\"784\" height=\"300\""));
    assertTrue(page.contains("alt=\"mask of fc3.weight\" width=\"700\" height=\"70\""));
    assertEquals(1, count(page, "class=\"input one\""));
  }

  @Test
  void namesAreTextAndNothingElse() {
    String evil = "<script>alert('x')</script>\"&";
    String escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;";
    LayerReport layer =
        new LayerReport(
            evil, List.of(8, 64), 64, 2048, 400, new Timing(2, 1), null, new Verdict(false, evil));
    EpochPoint epoch = new EpochPoint(1, 5, evil, 1.0, 0.5, 0.5, 0);
    RunReport report =
        new RunReport(
            evil,
            new RunSetup(evil, evil, evil, 1, evil),
            new Environment(evil, evil, evil, evil, evil, 1),
            new Outcome(0.5, 0.5, List.of(layer), new TotalTiming(evil, new Timing(2, 1))),
            new History(
                List.of(new History.PhaseTime(evil, 1)), List.of(), List.of(epoch), List.of()),
            List.of(new MaskPicture(evil, Sample.random(1, 64, 8, 64), true)),
            MachineReports.NONE);
    String page = HtmlReport.text(report);
    assertFalse(page.contains("<script"));
    assertFalse(page.contains("alert('x')"));
    assertTrue(page.contains("<title>" + escaped + "</title>"));
    assertTrue(page.contains("(but the measurement says 2.00\u00d7)"));
    assertTagsMatch(page);
  }

  @Test
  void withoutFontsThePageIsCompleteInAllElse() {
    PlotRenderer broken =
        plot -> {
          throw new InternalError("Fontconfig head is null <check your fonts>");
        };
    String page = HtmlReport.text(Sample.report(), broken);
    assertEquals(0, count(page, "<svg"));
    assertEquals(6, count(page, "Plots need fonts, which Java finds through fontconfig."));
    assertTrue(page.contains("apt-get install fontconfig fonts-dejavu-core"));
    assertTrue(page.contains("Fontconfig head is null &lt;check your fonts&gt;"));
    assertTrue(page.contains("97.97 %") && page.contains("data:image/png"));
    assertTagsMatch(page);
  }

  @Test
  void withoutFontLibrariesToo() {
    PlotRenderer broken =
        plot -> {
          throw new NoClassDefFoundError("Could not initialize class sun.font.SunFontManager");
        };
    assertEquals(6, count(HtmlReport.text(Sample.report(), broken), "class=\"missing\""));
  }

  @Test
  void aBareRunHasAPageWithoutEmptySections() {
    RunReport bare =
        new RunReport(
            "bare",
            Sample.SETUP,
            Sample.ENVIRONMENT,
            new Outcome(0.1, 0.1, List.of(Sample.fc3()), null),
            new History(List.of(), List.of(), List.of(), List.of()),
            List.of(),
            MachineReports.NONE);
    String page = HtmlReport.text(bare);
    assertTagsMatch(page);
    assertTrue(page.contains("nothing was measured"));
    assertFalse(page.contains("<h2>Training</h2>") || page.contains("<h2>Masks</h2>"));
    assertEquals(1, count(page, "<svg class=\"plot\""));
  }

  @Test
  void whatIsNoNumberIsNeverPrinted() {
    EpochPoint diverged = new EpochPoint(1, 0, "dense", Double.NaN, null, null, 0);
    EpochPoint second = new EpochPoint(2, 0, "dense", Double.NEGATIVE_INFINITY, 0.1, 0.1, 0);
    History history = new History(List.of(), List.of(), List.of(diverged, second), List.of());
    LayerReport dead =
        new LayerReport("w", List.of(3, 3), 0, 36, 0, null, null, new Verdict(false, "dead"));
    Outcome outcome = new Outcome(0, 0, List.of(dead), null);
    RunReport report =
        new RunReport(
            "t",
            Sample.SETUP,
            Sample.ENVIRONMENT,
            outcome,
            history,
            List.of(),
            MachineReports.NONE);
    // Pictures in base64 may spell anything.
    String page = HtmlReport.text(report).replaceAll("base64,[^\"]*", "");
    assertFalse(Pattern.compile("NaN|Infinity|\u221e|\\bnull\\b").matcher(page).find());
    assertTrue(page.contains("100.00 %"));
  }

  @Test
  void isTheSameInEveryLocale() {
    String page = HtmlReport.text(Sample.report());
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("ar-EG-u-nu-arab", "de-DE", "tr-TR")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertTrue(page.equals(HtmlReport.text(Sample.report())), tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void writesUtf8(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    HtmlReport.write(file, Sample.report());
    assertTrue(Files.readString(file).contains("2.94\u00d7"));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static void assertTagsMatch(String page) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(page);
    while (tags.find()) {
      String name = tags.group(2);
      if (VOID.contains(name) || tags.group(3).endsWith("/")) {
        continue;
      }
      if (tags.group(1).isEmpty()) {
        open.push(name);
      } else {
        assertFalse(open.isEmpty(), "nothing to close at " + tags.group());
        assertEquals(open.pop(), name);
      }
    }
    assertTrue(open.isEmpty(), "left open: " + open);
  }
}
