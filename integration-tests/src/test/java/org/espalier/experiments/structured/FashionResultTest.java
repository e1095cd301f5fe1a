package org.espalier.experiments.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.pruning.structured.NetworkSize;
import org.junit.jupiter.api.Test;

class FashionResultTest {

  @Test
  void aLineIsReadAsItWasWritten() {
    FashionResult result =
        new FashionResult("l1", 7, 0.1, 1 / 3.0, new NetworkSize(12, 3_000_000_000L), 0.5);
    assertEquals("l1 7 0.1 0.3333333333333333 12 3000000000 0.5", result.line().trim());
    assertEquals(result, FashionResult.parse(result.line()));
  }
}
