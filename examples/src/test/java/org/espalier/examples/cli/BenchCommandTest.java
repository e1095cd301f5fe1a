package org.espalier.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code espalier bench} refuses: in one line, before anything is measured. */
class BenchCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(Object... arguments) {
    CommandLine command = Espalier.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("bench"), Arrays.stream(arguments).map(Object::toString))
            .toArray(String[]::new));
  }

  private void assertRefused(String message, Object... arguments) {
    assertEquals(2, run(arguments), err.toString());
    assertEquals("espalier: " + message, err.toString().strip());
    assertEquals("", out.toString());
    err.getBuffer().setLength(0);
  }

  @Test
  void shapes() {
    assertRefused(
        "--shapes: expected M,K,N of whole numbers from 1 to 999999999, found '0,8,8'; write for"
            + " example '512,512,196;768,768,128'",
        "--shapes",
        "0,8,8");
    assertRefused(
        "--shapes: expected M x K, K x N and M x N of at most 2147483639, found 65536,65536,1 with"
            + " 4294967296; choose a smaller shape",
        "--shapes",
        "8,8,8;65536,65536,1");
    assertEquals(2, run("--shapes", "30000,30000,1"));
    assertTrue(
        err.toString().startsWith("espalier: --shapes 30000,30000,1: expected what fits the Java"),
        err.toString());
  }

  @Test
  void sparsities() {
    for (String sparsity : List.of("1.0", "-0.5", "NaN")) {
      assertRefused(
          "--sparsity: expected fractions of zeros in [0, 1), found "
              + sparsity
              + "; 0.9 prunes nine weights of ten",
          "--sparsity=0.5," + sparsity);
    }
    assertRefused(
        "--sparsity: expected at least one of the 4 units of unstructured kept, found none of shape"
            + " 2,2,8 at 0.98; lower the sparsity or enlarge the shape",
        "--shapes",
        "2,2,8",
        "--sparsity",
        "0.98");
  }

  @Test
  void patterns() {
    assertRefused(
        "--shapes 6,8,8: expected rank 2 or more, a multiple of 4 rows (axis 0) and of 1 columns"
            + " (the other axes) for pattern block:4x1, found W of 6 x 8; choose another shape or"
            + " pattern",
        "--shapes",
        "8,8,8;6,8,8",
        "--sparsity",
        "0.5",
        "--pattern",
        "unstructured",
        "--pattern",
        "block:4x1");
    assertEquals(2, run("--pattern", "4x1"));
    assertTrue(err.toString().startsWith("espalier: pattern: expected one of"), err.toString());
  }

  @Test
  void counts() {
    assertRefused(
        "--threads: expected 1 to 256, found 0; use as many as the machine has processors",
        "--threads",
        "0");
    assertRefused(
        "--rounds: expected 1 to 10000, found 0; 13 give steady medians", "--rounds", "0");
    assertEquals(2, run("--kernel", "fast"));
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void files() throws Exception {
    Path missing = folder.resolve("missing");
    assertRefused(
        "--json: expected a file in a folder that exists, found "
            + missing.resolve("b.json")
            + "; create the folder first",
        "--json",
        missing.resolve("b.json"));
    assertRefused(
        "--plot: expected a file that ends in .png or .svg, found b.gif; rename it",
        "--plot",
        "b.gif");
    Path same = folder.resolve("same.svg");
    assertRefused(
        "--plot: expected another file than --json, found " + same + "; name a new file",
        "--plot",
        same,
        "--json",
        same);
    assertFalse(Files.exists(same));
  }

  @Test
  void helpNamesPatternsAndDefaults() {
    assertEquals(0, run("--help"));
    for (String text : List.of("block:RxC", "512,512,196", "--rounds", "--plot", "block:4x1")) {
      assertTrue(out.toString().contains(text), text);
    }
    assertEquals("", err.toString());
  }
}
