package org.espalier.experiments.structured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;

class FashionPlanTest {

  @Test
  void stepsShareTheEpochsEvenly() {
    FashionPlan plan = FashionPlan.of(16, 8, 4);
    assertEquals(4, plan.share(1).epochs());
    assertEquals(2, plan.share(2).epochs());
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> plan.share(3));
    assertTrue(e.getMessage().contains("a multiple of 3"), e.getMessage());
  }

  @Test
  void otherSettingsHaveAnotherFolder() {
    assertEquals("width-16_epochs-8-4", FashionPlan.of(16, 8, 4).folder());
    assertEquals("width-8_epochs-10-6", FashionPlan.of(8, 10, 6).folder());
  }
}
