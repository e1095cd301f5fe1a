package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EspalierExceptionTest {

  @Test
  void theMessageIsOneLine() {
    EspalierException e =
        new EspalierException("a file\r\n", "1  2 \n\n\t 3", "\u2028x\u0085y\f", "do\u000b it");
    assertEquals("a file: expected 1  2 3, found x y; do it", e.getMessage());
    assertEquals("a file", e.place());
    assertEquals("1  2 3", e.expected());
    assertEquals("x y", e.found());
    assertEquals("do it", e.remedy());
  }

  /**
   * Found by fuzzing: a header of an npz or safetensors file that is all blanks but for its ends.
   */
  @Test
  void blanksOfADamagedFileTakeNoQuadraticTime() {
    String blanks = "x" + " ".repeat(1_000_000) + "y";
    EspalierException e =
        assertTimeoutPreemptively(
            Duration.ofSeconds(2), () -> new EspalierException(blanks, "e", blanks, "r"));
    assertTrue(e.getMessage().startsWith("x   "));
    assertTrue(e.getMessage().endsWith("   ...; r"));
    assertEquals(10_003, e.found().length());
  }
}
