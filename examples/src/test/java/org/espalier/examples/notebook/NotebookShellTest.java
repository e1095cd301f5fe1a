package org.espalier.examples.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.espalier.examples.notebook.NotebookShell.CellException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shell fails where the kernel would: otherwise the test of the notebooks proves nothing. */
class NotebookShellTest {

  private static NotebookShell shell;

  @BeforeAll
  static void start() throws CellException {
    shell = new NotebookShell(Map.of("espalier.test", "17"));
  }

  @AfterAll
  static void stop() {
    shell.close();
  }

  private static void refused(String cell, String reason) {
    String message = assertThrows(CellException.class, () -> shell.execute(cell)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void theLastSnippetIsTheValueAndSnippetsSeeThoseBefore() throws CellException {
    assertEquals("34", shell.execute("int n = Integer.getInteger(\"espalier.test\");\nn + n"));
    assertEquals("35", shell.execute("int f(int x) {\n  return x + 1;\n}\nf(2 * n)"));
  }

  @Test
  void classesOfEspalierAreThereWhateverTheMagicsSay() throws CellException {
    String cell =
        """
        // From a checkout:
        %jars ../target/lib/*.jar
        // %maven org.espalier:examples:0.1.0
        org.espalier.sparse.mask.Mask.dense(2, 3).keptCount()
        """;
    assertEquals("6", shell.execute(cell));
  }

  @Test
  void picturesAreCountedAndOtherObjectsAreNot() throws CellException {
    int before = shell.pictures();
    shell.execute("var picture = new java.awt.image.BufferedImage(2, 2, 1);\n\"none\"");
    assertEquals(before, shell.pictures());
    shell.execute("display(picture);\ndisplay(\"text\");");
    assertEquals(before + 1, shell.pictures());
    shell.execute("picture");
    assertEquals(before + 2, shell.pictures());
  }

  @Test
  void mistakesAreFailures() {
    refused("int wrong = \"text\";", "incompatible types");
    refused("unknown + 1", "cannot find symbol");
    refused("Unknown g() { return null; }", "Unknown");
    refused("int h() { return unknownToo; }\nh()", "unresolved");
    refused("List.of().get(0)", "IndexOutOfBounds");
    refused("if (true) {", "incomplete");
    refused("%loadFromPOM pom.xml", "unknown magic");
  }
}
