package org.espalier.hw.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.hw.validate.Comparison.Role;
import org.espalier.hw.validate.Comparison.Row;
import org.junit.jupiter.api.Test;

class EieComparisonsTest {

  private static final List<Comparison> ALL = EieComparisons.all();

  private static Comparison titled(String title) {
    return ALL.stream().filter(c -> c.title().equals(title)).findFirst().orElseThrow();
  }

  @Test
  void allNineLayersAreThere() {
    for (String title : List.of("EIE, theoretical time", "EIE, actual time", "EIE, load balance")) {
      assertEquals(9, titled(title).rows().size());
      assertEquals(
          List.of("Alex-8", "VGG-6"),
          titled(title).rows().stream()
              .filter(row -> !row.note().isEmpty())
              .map(Row::label)
              .toList());
    }
  }

  /** What is not flagged agrees; the flagged rows are shown, and miss. */
  @Test
  void timesAgreeWhereDensitiesDo() {
    for (Row row : titled("EIE, actual time").rows(Role.HELD_OUT)) {
      boolean flagged = !row.note().isEmpty();
      assertEquals(flagged, Math.abs(row.error()) > 0.1, row.toString());
    }
    assertTrue(titled("EIE, load balance").mape(Role.HELD_OUT) < 0.05);
    assertTrue(titled("EIE, energy").maximum(Role.HELD_OUT) < 0.1);
  }

  /** Published without figures: little is gained beyond 8; scaling is poorest for NT-We. */
  @Test
  void sweepsHaveThePublishedShape() {
    double[] balance =
        titled("EIE, load balance by queue depth").rows().stream()
            .mapToDouble(Row::predicted)
            .toArray();
    assertEquals(0.5, balance[0], 0.05);
    assertTrue(balance[3] - balance[0] > 0.3 && balance[5] - balance[3] < 0.05);
    List<Row> scaling = titled("EIE, speed-up by elements").rows();
    Row poorest =
        scaling.stream().min((a, b) -> Double.compare(a.predicted(), b.predicted())).orElseThrow();
    assertTrue(poorest.label().startsWith("NT-We"), poorest.label());
  }
}
