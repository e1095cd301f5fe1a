package org.espalier.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.pruning.core.PruningState;
import org.espalier.pruning.core.TrainingTime;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateOutcomeTest {

  /**
   * By hand: of three inputs the first and the last feed a weight that lives; of two channels of
   * 1x2 kernels only the second does. 3 + 1 of 6 + 4 weights are kept: 2.5 times fewer.
   */
  @Test
  void countsWhatFeedsAWeightAndComesBackFromAFile(@TempDir Path folder) throws IOException {
    Map<String, Mask> masks =
        Map.of(
            "01_weight", Mask.ofNonZeros(new float[] {1, 0, 1, 0, 0, 1}, 2, 3),
            "02_weight", Mask.ofNonZeros(new float[] {0, 0, 1, 0}, 1, 2, 1, 2));
    StudyRun.Result result =
        new StudyRun.Result(0.98, 0.99, new PruningState(TrainingTime.START, masks));
    GateOutcome outcome = GateOutcome.of(GateMethod.L0, 7, result);
    assertEquals("2-1", outcome.architecture());
    assertEquals(4, outcome.kept());
    assertEquals(2.5, outcome.timesFewer());
    Path file = folder.resolve("run");
    outcome.write(file);
    assertEquals(outcome, GateOutcome.read(file));
  }
}
