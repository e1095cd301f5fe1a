package org.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.pruning.rewind.Level;
import org.espalier.pruning.rewind.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LotteryTableTest {

  @TempDir Path folder;

  private Stage stage(Map<String, Double> figures) {
    return new Stage("stage", folder, new TreeMap<>(figures));
  }

  private Stage trained(double accuracy) {
    return stage(Map.of("accuracy", accuracy));
  }

  private Level level(int rounds, double kept, double ticket, Map<String, Stage> branches) {
    Stage decision = stage(Map.of("kept", kept, "elements", 1000.0));
    return new Level(rounds, Optional.of(decision), trained(ticket), new TreeMap<>(branches));
  }

  private List<Level> run(double dense, double ticket, double reinit, double random) {
    return List.of(
        new Level(0, Optional.empty(), trained(dense), new TreeMap<>()),
        level(1, 800, 0.5, Map.of()),
        level(
            2,
            640.4,
            ticket,
            Map.of("random-weights", trained(reinit), "random-mask", trained(random))));
  }

  /** Tickets 97 and 99: mean 98, deviation sqrt(2). Advantages 1 and 2: 1.5, sqrt(0.5) = 0.71. */
  @Test
  void meansAndDeviationsAreOverRunsAndTheAdvantageIsPaired() throws Exception {
    LotteryTable table = new LotteryTable();
    table.add(run(0.98, 0.97, 0.96, 0.9));
    table.add(run(0.98, 0.99, 0.97, 0.9));
    assertEquals(
        """
        | rounds | weights left | ticket | random-mask | random-weights | ticket - random-weights |
        |---|---|---|---|---|---|
        | 0 | 100.00 % | 98.00 ± 0.00 | | | |
        | 2 | 64.04 % | 98.00 ± 1.41 | 90.00 ± 0.00 | 96.50 ± 0.71 | 1.50 ± 0.71 |
        """,
        table.markdown());
    Path plot = folder.resolve("lottery.png");
    table.plot(plot);
    assertTrue(Files.size(plot) > 0);
  }
}
