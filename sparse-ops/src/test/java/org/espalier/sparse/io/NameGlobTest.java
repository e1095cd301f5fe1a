package org.espalier.sparse.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameGlobTest {

  @ParameterizedTest
  @CsvSource({
    "*, model.layers.0.weight, true",
    "*, block/conv/kernel, true",
    "model.*.weight, model.layers.0.weight, true",
    "model.*.weight, model.layers.0.bias, false",
    "*/kernel, block/conv/kernel, true",
    "layer.?, layer.7, true",
    "layer.?, layer.17, false",
    "layer.[0-3], layer.2, true",
    "layer.[0-3], layer.4, false",
    "layer.[!0-3], layer.4, true",
    "'{q,k}_proj', k_proj, true",
    "'{q,k}_proj', v_proj, false",
    "'a,b', 'a,b', true",
    "a.b, axb, false",
    "a+(b), a+(b), true",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "weight, my.weight, false",
  })
  void matchesWholeNames(String glob, String name, boolean expected) {
    assertEquals(expected, NameGlob.of("--include", glob).matches(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[", "a[b", "{a", "a\\"})
  void whatStaysOpenIsRefused(String glob) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> NameGlob.of("--include", glob));
    assertEquals("--include", e.place());
    assertEquals("'" + glob + "'", e.found());
  }

  @Test
  void lineBreaksAreCharacters() {
    assertEquals(true, NameGlob.of("--include", "a*b").matches("a\nb"));
  }

  @Test
  void globsAreValues() {
    NameGlob glob = NameGlob.of("--include", "a*");
    assertEquals(glob, NameGlob.of("--exclude", "a*"));
    assertEquals(glob.hashCode(), NameGlob.of("--exclude", "a*").hashCode());
    assertNotEquals(glob, NameGlob.of("--include", "a?"));
  }
}
