package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.pruning.report.History.CurvePoint;
import org.espalier.pruning.report.History.EpochPoint;
import org.espalier.sparse.mask.Mask;
import org.junit.jupiter.api.Test;

class RunReportTest {

  private static final Verdict VERDICT = new Verdict(true, "it is");

  @Test
  void totalsFollowFromTheLayers() {
    Outcome outcome = Sample.outcome();
    // 300*784 + 100*300 + 10*100 weights; 18816 + 7200 + 604 of them are not zero.
    assertEquals(266_200, outcome.elements());
    assertEquals(26_620, outcome.nonzeros());
    assertEquals(0.9, outcome.sparsity());
    assertEquals(1_064_800, outcome.denseBytes());
    assertEquals(159_942, outcome.csrBytes());
    assertEquals(-0.0035, outcome.accuracyDifference(), 1e-12);
  }

  @Test
  void totalTimeAddsUpTheMeasuredLayersOnly() {
    TotalTiming total = Sample.outcome().measured();
    assertEquals(1843.2 + 151.7, total.timing().denseTimeUs(), 1e-9);
    assertEquals(512.5 + 166.1, total.timing().sparseTimeUs(), 1e-9);
    assertEquals(1994.9 / 678.6, total.timing().speedup(), 1e-12);
    assertTrue(total.definition().contains("2 measured layers, batch 128, 1 thread"));
    assertNull(TotalTiming.ofLayers(List.of(Sample.fc3()), "batch 128"));
  }

  @Test
  void aVerdictAgainstTheMeasurementIsKnown() {
    assertFalse(Sample.fc1().contradicted());
    assertFalse(Sample.fc3().contradicted());
    assertTrue(layer(4, new Timing(2, 3), VERDICT).contradicted());
  }

  @Test
  void theHashIsThatOfTheText() {
    // printf 'abc' | sha256sum; also FIPS 180-4, example of one block
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        new RunSetup("n", "d", "abc", 1, "c").recipeSha256());
  }

  @Test
  void listsAreCopies() {
    List<LayerReport> layers = new ArrayList<>(List.of(Sample.fc1()));
    Outcome outcome = new Outcome(1, 1, layers, null);
    layers.clear();
    assertEquals(1, outcome.layers().size());
  }

  @Test
  void aRunThatDivergedStillHasItsReport() {
    assertNull(new EpochPoint(1, 1, "dense", Double.NaN, null, 0.1, 0).trainLoss());
    assertNull(new EpochPoint(1, 1, "dense", Double.POSITIVE_INFINITY, null, 0.1, 0).trainLoss());
    assertEquals(2.5, new EpochPoint(1, 1, "dense", 2.5, null, 0.1, 0).trainLoss());
  }

  @Test
  void refusesWhatCannotBe() {
    List<LayerReport> layers = List.of(Sample.fc1());
    refused("denseAccuracy", () -> new Outcome(Double.NaN, 0, layers, null));
    refused("sparseAccuracy", () -> new Outcome(0, 1.01, layers, null));
    refused("number of layers", () -> new Outcome(0, 0, List.of(), null));
    refused("two layers", () -> new Outcome(0, 0, List.of(Sample.fc1(), Sample.fc1()), null));
    refused("nonzeros of 'w'", () -> layer(7, null, VERDICT));
    refused("nonzeros of 'w'", () -> layer(-1, null, VERDICT));
    refused("denseTimeUs", () -> new Timing(0, 1));
    refused("sparseTimeUs", () -> new Timing(1, Double.NaN));
    refused("sparseTimeUs", () -> new Timing(1, Double.POSITIVE_INFINITY));
    refused("denseTimeUs / sparseTimeUs", () -> new Timing(1e300, 1e-300));
    refused("reason", () -> new Verdict(false, " "));
    refused("sparsity", () -> new CurvePoint(1, -0.1));
    refused("trainAccuracy", () -> new EpochPoint(1, 1, "dense", null, Double.NaN, null, 0));
    refused("epoch", () -> new EpochPoint(0, 1, "dense", null, null, null, 0));
    refused("wallTimeS", () -> new History.PhaseTime("x", Double.NaN));
    refused("threads", () -> new Environment("a", "b", "c", "d", "e", 0));
    List<CurvePoint> falling = List.of(new CurvePoint(2, 0), new CurvePoint(1, 0));
    refused("curve", () -> new History(List.of(), falling, List.of(), List.of()));
    MaskPicture picture = new MaskPicture("w", Mask.dense(2, 2), false);
    refused(
        "two masks",
        () ->
            new RunReport(
                "t",
                Sample.SETUP,
                Sample.ENVIRONMENT,
                Sample.outcome(),
                Sample.history(),
                List.of(picture, picture),
                MachineReports.NONE));
  }

  private static LayerReport layer(int nonzeros, Timing measured, Verdict verdict) {
    return new LayerReport("w", List.of(2, 3), nonzeros, 24, 20, measured, null, verdict);
  }

  private static void refused(String named, Runnable construction) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, construction::run);
    assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
  }
}
