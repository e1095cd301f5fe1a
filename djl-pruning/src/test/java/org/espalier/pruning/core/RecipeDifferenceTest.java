package org.espalier.pruning.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeDifferenceTest {

  private static final String BEFORE =
      "seed: 7\ngroups:\n- name: a\n  include: ['1*']\n"
          + "  schedule: {type: cubic, target: 0.9, begin: 0, end: 50, every: 10}\n"
          + "- name: b\n  include: ['2*']\n  schedule: {type: one-shot, target: 0.5}\n";

  @ParameterizedTest
  @CsvSource({
    "seed: 7, seed: 8, seed, 7, 8",
    "end: 50, end: 60, groups[0].schedule.end, 50, 60",
    "['2*'], '[''2*'', ''3*'']', groups[1].include[1], nothing, 3*",
    "'  include: [''1*'']\n', '  include: [''1*'']\n  criterion: {type: taylor, form: squared}\n',"
        + " groups[0].criterion, magnitude, '{\"type\":\"taylor\",\"form\":\"squared\"}'",
  })
  void theFirstIsNamed(String from, String to, String key, String before, String after) {
    String old = Recipe.parse(BEFORE).canonicalText();
    String changed = Recipe.parse(BEFORE.replace(from, to)).canonicalText();
    assertEquals(
        Optional.of(new RecipeDifference(key, before, after)),
        RecipeDifference.first(old, changed));
    assertEquals(
        Optional.of(new RecipeDifference(key, after, before)),
        RecipeDifference.first(changed, old));
  }

  @Test
  void equalTextsAndNoRecipe() {
    String text = Recipe.parse(BEFORE).canonicalText();
    assertEquals(Optional.empty(), RecipeDifference.first(text, text));
    assertEquals(Optional.empty(), RecipeDifference.first("", ""));
    RecipeDifference none = RecipeDifference.first("", text).orElseThrow();
    assertEquals("recipe", none.key());
    assertEquals("nothing", none.before());
  }
}
