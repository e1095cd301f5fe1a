package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTableTest {

  @Test
  void alignsFiguresAndAddsThemUp() {
    // By hand: 1994.9 / 678.6 = 2.94; 1,064,800 bytes = 1.1 MB; 159,942 bytes = 160 kB.
    String expected =
        """
                                                       size     size  time, us  time, us  speed-up  speed-up
        layer       shape       non-zeros  sparsity   dense      CSR     dense    sparse  measured  modelled
        ----------------------------------------------------------------------------------------------------
        fc1.weight  300x784        18,816   92.00 %  941 kB   113 kB     1,843       513     3.60x     3.67x
        fc2.weight  100x300         7,200   76.00 %  120 kB  43.4 kB       152       166     0.91x     0.82x
        fc3.weight  10x100            604   39.60 %  4.0 kB   3.0 kB         -         -         -         -
        ----------------------------------------------------------------------------------------------------
        total       of 266,200     26,620   90.00 %  1.1 MB   160 kB     1,995       679     2.94x

        fc1.weight: gain: 8.0 % of the weights remain, and CSR pays below 21 % at batch 128
        fc2.weight: no gain: 24.0 % of the weights remain, more than the 21 % below which CSR pays
        fc3.weight: no gain: 1,000 weights are too few: the call costs more than the product
        """;
    assertEquals(expected, LayerTable.text(Sample.outcome()));
  }

  @Test
  void fitsTheTerminalWhateverTheFigures() {
    LayerReport huge =
        layer("network.".repeat(20) + "a", List.of(65_535, 32_767), "long ".repeat(90));
    LayerReport deep =
        layer("network.".repeat(20) + "b", List.of(1, 1, 1, 1, 1, 7), "x".repeat(300));
    Outcome outcome = new Outcome(0, 0, List.of(huge, deep), null);
    for (String line : LayerTable.text(outcome).split("\n")) {
      assertTrue(line.length() <= LayerTable.WIDTH, line);
    }
  }

  @Test
  void terminalsGetNoCommandsFromNames() {
    LayerReport layer = layer("a\u001b[2Jb\nc", List.of(7), "caf\u00e9");
    String text = LayerTable.text(new Outcome(0, 0, List.of(layer), null));
    assertFalse(text.contains("\u001b"));
    assertTrue(text.contains("a?[2Jb?c: gain: caf?"), text);
  }

  @Test
  void saysWhereTheMeasurementDisagrees() {
    String text = LayerTable.text(new Outcome(0, 0, List.of(layer("w", List.of(9), "so")), null));
    assertTrue(text.contains("w: gain: so (but the measurement says 0.50x)"), text);
  }

  private static LayerReport layer(String name, List<Integer> shape, String reason) {
    return new LayerReport(
        name,
        shape,
        7,
        Long.MAX_VALUE / 4,
        999_499,
        new Timing(4_999_999, 9_999_998),
        new Timing(1e12, 1e-6),
        new Verdict(true, reason));
  }
}
