package org.espalier.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"groups1-v4", "groups2-v8-k80", "groups3-v1-inplace", "blocks4-v5-k128"})
  void readsWhatLabelsSay(String label) {
    assertEquals(label, LayoutText.parse(label).label());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "csr-vector",
        "groups9-v4",
        "groups1-v0",
        "groups1-v4-k0",
        "groups1",
        "groups1-v4-k80-inplace"
      })
  void refusesOthers(String label) {
    assertThrows(InvalidInputException.class, () -> LayoutText.parse(label));
  }
}
