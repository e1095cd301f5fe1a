package org.espalier.examples.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.examples.simulate.SweepRequest.Parameter;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepRequestTest {

  @Test
  void readsParametersAndValues() {
    SweepRequest queue = SweepRequest.parse("queue-depth=1,2, 8");
    assertEquals(new SweepRequest(Parameter.QUEUE_DEPTH, List.of(1.0, 2.0, 8.0)), queue);
    assertEquals("queue-depth=8", queue.setting(8));
    assertEquals("density=0.05", SweepRequest.parse("density=0.05,1").setting(0.05));
    assertEquals("density=1", SweepRequest.parse("density=0.05,1").setting(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "queue-depth", "queue-depth=", "queue=1", "queue-depth=0", "queue-depth=1.5",
        "elements=65537", "density=0", "density=1.1", "density=NaN", "density=x", "density=0.1,,1"
      })
  void refusesOthers(String text) {
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> SweepRequest.parse(text));
    assertEquals("--sweep", error.place());
    assertTrue(error.remedy().contains("queue-depth=1,2,4,8,16"));
  }
}
