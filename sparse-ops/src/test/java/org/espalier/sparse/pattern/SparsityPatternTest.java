package org.espalier.sparse.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.sparse.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparsityPatternTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unstructured",
        "1:2",
        "2:4",
        "16:100000",
        "block:1x1",
        "block:16x4",
        "vector",
        "kernel",
        "kernel-pattern:4",
        "kernel-pattern:4:9",
        "channel",
        "input-channel",
        "head:8",
        "head:8:input",
        "strided:2",
        "balanced:8",
        "balanced-pe:32"
      })
  void textFormsRoundTrip(String text) {
    SparsityPattern pattern = SparsityPattern.parse(text);
    assertEquals(text, pattern.text());
    assertEquals(pattern, SparsityPattern.parse(pattern.text()));
  }

  @Test
  void theUsualDictionaryIsNotWritten() {
    assertEquals("kernel-pattern:4", SparsityPattern.parse("kernel-pattern:4:8").text());
    assertEquals(new KernelPattern(4, 8), SparsityPattern.parse("kernel-pattern:4"));
  }

  @Test
  void theNumberBeforeTheColonIsKept() {
    assertEquals(new NofM(1, 4), SparsityPattern.parse("1:4"));
    assertEquals(0.75, SparsityPattern.parse("1:4").fixedSparsity().getAsDouble());
  }

  private static String refusal(String text) {
    return assertThrows(InvalidInputException.class, () -> SparsityPattern.parse(text))
        .getMessage();
  }

  @Test
  void anUnknownNameListsAllForms() {
    assertEquals(
        "pattern: expected one of unstructured, N:M, balanced:B, balanced-pe:P, kernel-pattern:K,"
            + " kernel-pattern:K:D, strided:S, block:RxC, vector, kernel, channel, input-channel,"
            + " head:H, head:H:input, found 'filter'; use one of those, with whole numbers for the"
            + " capital letters",
        refusal("filter"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "2", ":", "Unstructured", "unstructured ", "n:m", "N:M", "x:4"})
  void refusesOtherTexts(String text) {
    refusal(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3:4:5|N:M|2:4",
        "0:4|N:M|2:4",
        "2:99999999999|N:M|2:4",
        "02:4|N:M|2:4",
        "block:4|block:RxC|block:4x4",
        "block:4X4|block:RxC|block:4x4",
        "block:4x0|block:RxC|block:4x4",
        "block:-4x4|block:RxC|block:4x4",
        "balanced|balanced:B|balanced:8",
        "balanced:x|balanced:B|balanced:8",
        "channel:2|channel|channel",
        "kernel-pattern|kernel-pattern:K or kernel-pattern:K:D|kernel-pattern:4",
        "head:0|head:H or head:H:input|head:4",
        "head:2:output|head:H or head:H:input|head:4"
      })
  void aKnownNameWithOtherNumbersSaysItsForm(String text, String form, String example) {
    assertEquals(
        "pattern: expected %s, found '%s'; write for example %s".formatted(form, text, example),
        refusal(text));
  }

  @Test
  void numbersOutOfRangeSayWhatTheyMean() {
    assertEquals(
        "pattern: expected N:M with 1 <= N < M, where N of each M consecutive weights are KEPT,"
            + " found '4:4'; write the number of weights that live, not of zeros, before the colon",
        refusal("4:4"));
    assertEquals(
        "pattern: expected strided:S with S of at least 2: one of S positions is KEPT, found"
            + " 'strided:1'; write for example strided:3",
        refusal("strided:1"));
    for (Runnable constructor :
        List.<Runnable>of(
            () -> new NofM(0, 4),
            () -> new Block(0, 1),
            () -> new Block(1, 0),
            () -> new Balanced(0),
            () -> new BalancedPe(0),
            () -> new KernelPattern(0, 8),
            () -> new KernelPattern(4, 0),
            () -> new Heads(0, 0),
            () -> new Heads(2, 2),
            () -> new Strided(0))) {
      assertEquals("pattern", assertThrows(InvalidInputException.class, constructor::run).place());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2:4|300 785|rank 2 or more and a multiple of 4 along axis 1 (2 of each 4 weights are kept)",
        "2:4|8|rank 2 or more and a multiple of 4 along axis 1 (2 of each 4 weights are kept)",
        "block:4x4|6 8|rank 2 or more, a multiple of 4 rows (axis 0) and of 4 columns"
            + " (the other axes)",
        "block:4x4|8 3 3|rank 2 or more, a multiple of 4 rows (axis 0) and of 4 columns"
            + " (the other axes)",
        "vector|8 8 3|rank 4 (output, input, row, column)",
        "kernel|8 8|rank 4 (output, input, row, column)",
        "input-channel|8|rank 2 or more",
        "head:3|8 8|a multiple of 3 along axis 0",
        "head:3:input|9 8|a multiple of 3 along axis 1",
        "balanced:3|8 8|rank 2 or more and a row (all axes but 0) in 3 equal banks",
        "balanced-pe:3|8 9|rank 2 or more and a multiple of 3 rows (axis 0)",
        "kernel-pattern:4|2 2 2 2|rank 4 and 2-D kernels of more than 4 and at most 64 weights",
        "kernel-pattern:4|2 2 9 9|rank 4 and 2-D kernels of more than 4 and at most 64 weights",
        "strided:2|2 2 3 3|rank 4 and a multiple of 2 weights in each 2-D kernel",
        "strided:2|2 2 4|rank 4 and a multiple of 2 weights in each 2-D kernel"
      })
  void aTensorThatDoesNotFitIsRefused(String text, String shapeText, String expected) {
    SparsityPattern pattern = SparsityPattern.parse(text);
    int[] shape = Arrays.stream(shapeText.split(" ")).mapToInt(Integer::parseInt).toArray();
    InvalidInputException error =
        assertThrows(InvalidInputException.class, () -> pattern.requireFits("fc1.weight", shape));
    assertEquals(
        "fc1.weight: expected %s for pattern %s, found shape %s; exclude this tensor or choose"
                .formatted(expected, text, Arrays.toString(shape))
            + " another pattern",
        error.getMessage());
  }

  @Test
  void everyFormIsDocumentedWithAnExampleOfItself() {
    Set<String> names = new HashSet<>();
    Set<Class<?>> kinds = new HashSet<>();
    for (PatternForm form : SparsityPattern.forms()) {
      SparsityPattern pattern = SparsityPattern.parse(form.example());
      assertEquals(form.example(), pattern.text());
      // The example is the form with numbers for the capital letters.
      assertEquals(form.form().replaceAll("[A-Z]", "#"), pattern.text().replaceAll("[0-9]+", "#"));
      for (String part : List.of(form.form(), form.granularity(), form.summary(), form.source())) {
        assertFalse(part.isBlank());
      }
      names.add(form.form());
      kinds.add(pattern instanceof Slice slice ? slice.getDeclaringClass() : pattern.getClass());
    }
    assertEquals(SparsityPattern.forms().size(), names.size());
    assertEquals(implementations(SparsityPattern.class), kinds);
  }

  private static Set<Class<?>> implementations(Class<?> sealed) {
    Set<Class<?>> found = new HashSet<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isInterface()) {
        found.addAll(implementations(permitted));
      } else {
        found.add(permitted);
      }
    }
    return found;
  }
}
