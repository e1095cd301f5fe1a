package org.espalier.hw.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.hw.cost.LatencyQuery;
import org.espalier.hw.workload.Gemm;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.pattern.SparsityPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyTableFileTest {

  private static final String HEAD =
      "op,m,k,n,pattern,density,dtype,batch,mean_us,p95_us,n_samples,device,software\n";
  private static final String LINE =
      "sparse-gemm,64,32,16,2:4,0.5,fp32,1,12.5,14.0,21,\"A, \"\"fast\"\" one\",JDK 25\n";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  @Test
  void readsWhatItWrites() throws IOException {
    LatencyTable table = LatencyTableFile.read(file(HEAD + LINE));
    assertEquals("A, \"fast\" one", table.device());
    assertEquals("JDK 25", table.software());
    LatencyQuery query =
        LatencyQuery.sparse(new Gemm(64, 32, 16), SparsityPattern.parse("2:4"), 0.5);
    assertEquals(List.of(new LatencyRow(query, 12.5, 14, 21)), table.rows());
    Path again = folder.resolve("again.csv");
    LatencyTableFile.write(again, table);
    assertEquals(HEAD + LINE, Files.readString(again));
  }

  @Test
  void refusesDamageWithItsLine() throws IOException {
    assertEquals("table.csv:1", refusal("op,m\n").strip());
    assertEquals("table.csv:2", refusal(HEAD));
    assertEquals("table.csv:3, m", refusal(HEAD + LINE + LINE.replace(",64,", ",-64,")));
    assertEquals("table.csv:2, mean_us", refusal(HEAD + LINE.replace("12.5", "NaN")));
    assertEquals("table.csv:2, n_samples", refusal(HEAD + LINE.replace(",21,", ",0,")));
    assertEquals("table.csv:2", refusal(HEAD + LINE.replace(",21,", ",")));
    assertEquals("table.csv:2", refusal(HEAD + LINE.replace("one\"", "one")));
    assertTrue(refusal(HEAD + LINE.replace("sparse-", "dance-")).startsWith("table.csv:2 (op"));
    assertTrue(refusal(HEAD + LINE.replace("2:4", "5:4")).startsWith("table.csv:2 ("));
    assertTrue(refusal(HEAD + LINE.replace("0.5", "1.5")).startsWith("table.csv:2 (density"));
  }

  @Test
  void refusesToMixDevices() throws IOException {
    assertEquals("table.csv:3", refusal(HEAD + LINE + LINE.replace("JDK 25", "JDK 17")));
  }

  private String refusal(String text) throws IOException {
    Path file = file(text);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> LatencyTableFile.read(file));
    return refused.place().replace(folder + "/", "");
  }

  /** Two shapes, one pattern that fixes its density and one with two densities: six rows. */
  @Test
  void asksForEveryShapePatternAndDensity() {
    LatencyTableBuilder builder =
        new LatencyTableBuilder(
            List.of(new Gemm(16, 32, 4), new Gemm(32, 32, 4)),
            List.of(SparsityPattern.parse("2:4"), SparsityPattern.parse("unstructured")),
            List.of(0.1, 0.3),
            2,
            Optional.empty(),
            1);
    assertEquals(6, builder.queries().size());
    assertEquals(8, builder.queries().get(0).product().n());
  }

  @Test
  void measuresATable() {
    List<String> said = new ArrayList<>();
    LatencyTable table =
        new LatencyTableBuilder(
                List.of(new Gemm(16, 32, 4)),
                List.of(SparsityPattern.parse("2:4")),
                List.of(0.5),
                1,
                Optional.empty(),
                1)
            .measure((done, total, what) -> said.add(done + "/" + total + " " + what));
    assertEquals(List.of("0/1 16,32,4 2:4"), said);
    LatencyRow row = table.rows().get(0);
    assertTrue(row.meanUs() > 0 && row.p95Us() > 0 && row.samples() >= 20, row::toString);
    assertEquals(row.meanUs(), table.latencyUs(row.query()).getAsDouble(), 1e-9 * row.meanUs());
  }
}
