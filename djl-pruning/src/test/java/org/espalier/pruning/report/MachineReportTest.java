package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.espalier.pruning.report.MachineReport.LayerLine;
import org.junit.jupiter.api.Test;

class MachineReportTest {

  @Test
  void totalsAreSums() {
    MachineReport eie = Sample.machines().reports().get(0);
    assertEquals(5, eie.timeUs());
    assertEquals(25, eie.denseTimeUs());
    assertEquals(5, eie.speedup());
    assertEquals(2, eie.energyUj());
    assertEquals(2, eie.gains());
    assertNull(Sample.machines().reports().get(1).energyUj());
  }

  @Test
  void thePageShowsEveryMachineAndVerdict() {
    String page = HtmlReport.text(Sample.report(), plot -> "<svg></svg>");
    assertTrue(page.contains("<h2>Other machines</h2>"));
    assertTrue(page.contains("no gain: &lt;too small&gt;"));
    assertTrue(page.contains("2 of 2"));
    assertFalse(
        HtmlMachines.of(MachineReports.NONE, new HtmlPlots(plot -> "")).contains("machines"));
  }

  @Test
  void theFileHasEveryMachine() throws IOException {
    JsonNode report = new ObjectMapper().readTree(JsonReport.text(Sample.report()));
    assertEquals("eie", report.at("/machines/0/machine").asText());
    assertEquals(5, report.at("/machines/0/speedup_vs_dense").asDouble());
    assertEquals("gain: y", report.at("/machines/0/layers/1/verdict").asText());
    assertTrue(report.at("/machines/1/energy_uj").isNull());
  }

  @Test
  void refusesWhatIsNoReport() {
    assertThrows(IllegalArgumentException.class, () -> new MachineReport("m", "", List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new LayerLine("l", 0, 1, null, false, "why"));
  }
}
