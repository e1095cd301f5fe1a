package org.espalier.sparse.pattern;

import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espalier.sparse.InvalidInputException;

/** The text forms of all patterns: one entry each, read and documented from the same list. */
final class Grammar {

  private static final String WEIGHT = "weight";
  private static final String MAO = "Mao et al. 2017";

  private static final List<Entry> ENTRIES =
      List.of(
          entry(
              new PatternForm(
                  "unstructured",
                  WEIGHT,
                  "any weights are kept",
                  "LeCun, Denker, Solla 1989",
                  "unstructured"),
              n -> Unstructured.INSTANCE),
          entry(
              new PatternForm(
                  "N:M",
                  WEIGHT,
                  "N of each M consecutive weights along axis 1 are kept"
                      + " (N counts what lives; other tools count zeros)",
                  "Mishra et al. 2021",
                  "2:4"),
              n -> new NofM(n.apply(1), n.apply(2))),
          entry(
              new PatternForm(
                  "balanced:B",
                  WEIGHT,
                  "each row of the matrix view is B equal banks; every bank keeps the same number",
                  "Cao et al. 2019 (BBS)",
                  "balanced:8"),
              n -> new Balanced(n.apply(1))),
          entry(
              new PatternForm(
                  "balanced-pe:P",
                  WEIGHT,
                  "rows i with equal i mod P are one processing element;"
                      + " the counts of elements differ by at most one",
                  "Han et al. 2017 (ESE)",
                  "balanced-pe:4"),
              n -> new BalancedPe(n.apply(1))),
          entry(
              new PatternForm(
                  "kernel-pattern:K",
                  WEIGHT,
                  "each 2-D kernel keeps K entries, in one of at most 8 shapes per tensor",
                  "Ma et al. 2020 (PCONV); Niu et al. 2020 (PatDNN)",
                  "kernel-pattern:4"),
              n -> new KernelPattern(n.apply(1), KernelPattern.DEFAULT_SHAPES)),
          entry(
              new PatternForm(
                  "kernel-pattern:K:D",
                  WEIGHT,
                  "each 2-D kernel keeps K entries, in one of at most D shapes per tensor",
                  "Ma et al. 2020 (PCONV); Niu et al. 2020 (PatDNN)",
                  "kernel-pattern:4:6"),
              n -> new KernelPattern(n.apply(1), n.apply(2))),
          entry(
              new PatternForm(
                  "strided:S",
                  WEIGHT,
                  "each 2-D kernel keeps every S-th position,"
                      + " from an offset that each input channel chooses",
                  "Anwar et al. 2017",
                  "strided:3"),
              n -> new Strided(n.apply(1))),
          entry(
              new PatternForm(
                  "block:RxC",
                  "block",
                  "blocks of R rows by C columns of the matrix view",
                  "Narang et al. 2017",
                  "block:4x4"),
              n -> new Block(n.apply(1), n.apply(2))),
          entry(
              new PatternForm("vector", "vector", "rows of 2-D kernels, [o,i,r,:]", MAO, "vector"),
              n -> Slice.VECTOR),
          entry(
              new PatternForm("kernel", "kernel", "2-D kernels, [o,i,:,:]", MAO, "kernel"),
              n -> Slice.KERNEL),
          entry(
              new PatternForm(
                  "channel", "channel", "output channels, axis 0", "Li et al. 2017", "channel"),
              n -> Slice.CHANNEL),
          entry(
              new PatternForm(
                  "input-channel",
                  "channel",
                  "input channels, axis 1",
                  "He et al. 2017",
                  "input-channel"),
              n -> Slice.INPUT_CHANNEL),
          entry(
              new PatternForm(
                  "head:H",
                  "head",
                  "H equal slices of axis 0: the heads of a query, key or value projection",
                  "Michel et al. 2019",
                  "head:4"),
              n -> new Heads(n.apply(1), 0)),
          entry(
              new PatternForm(
                  "head:H:input",
                  "head",
                  "H equal slices of axis 1: the heads that an output projection joins",
                  "Michel et al. 2019",
                  "head:4:input"),
              n -> new Heads(n.apply(1), 1)));

  private Grammar() {}

  /** How a pattern is made of the numbers in its text, counted from 1. */
  @FunctionalInterface
  private interface Maker {
    SparsityPattern make(IntFunction<Integer> numbers);
  }

  private record Entry(PatternForm form, Pattern syntax, Maker maker) {}

  private static Entry entry(PatternForm form, Maker maker) {
    String syntax = form.form().replaceAll("[A-Z]", "([1-9][0-9]{0,8})");
    return new Entry(form, Pattern.compile(syntax), maker);
  }

  static List<PatternForm> forms() {
    return ENTRIES.stream().map(Entry::form).toList();
  }

  static SparsityPattern parse(String text) {
    for (Entry entry : ENTRIES) {
      Matcher matcher = entry.syntax.matcher(text);
      if (matcher.matches()) {
        return entry.maker.make(group -> Integer.parseInt(matcher.group(group)));
      }
    }
    throw refusal(text);
  }

  /** Names the forms that begin as the text does, or all of them. */
  private static InvalidInputException refusal(String text) {
    String keyword = keyword(text);
    List<PatternForm> alike =
        forms().stream().filter(form -> keyword(form.form()).equals(keyword)).toList();
    if (alike.isEmpty()) {
      return new InvalidInputException(
          "pattern",
          "one of " + forms().stream().map(PatternForm::form).collect(Collectors.joining(", ")),
          "'" + text + "'",
          "use one of those, with whole numbers for the capital letters");
    }
    return new InvalidInputException(
        "pattern",
        alike.stream().map(PatternForm::form).collect(Collectors.joining(" or ")),
        "'" + text + "'",
        "write for example " + alike.get(0).example());
  }

  /** Returns what stands before the first colon; for all forms of two numbers, N. */
  private static String keyword(String text) {
    String keyword = text.split(":", 2)[0];
    return keyword.matches("[0-9]+") ? "N" : keyword;
  }
}
