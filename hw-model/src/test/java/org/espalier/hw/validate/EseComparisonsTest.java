package org.espalier.hw.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.hw.validate.Comparison.Role;
import org.junit.jupiter.api.Test;

class EseComparisonsTest {

  @Test
  void heldOutRowsAreWithinTenPercent() {
    List<Comparison> all = EseComparisons.all();
    assertEquals(3, all.size());
    assertEquals(10, all.get(0).rows().size());
    assertEquals(10, all.get(1).rows().size());
    for (Comparison comparison : all) {
      assertEquals(1, comparison.shareWithinTenPercent(Role.HELD_OUT), comparison.title());
    }
  }

  /** Balanced pruning is faster than plain pruning of elements that differ. */
  @Test
  void balancePays() {
    Comparison balance = EseComparisons.all().get(2);
    assertTrue(balance.rows().get(0).predicted() > balance.rows().get(1).predicted());
  }
}
