package org.espalier.pruning.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of layers where there is little room. What all names share says nothing and goes first:
 * leading and trailing parts of their paths; then the middle of each; and where two names become
 * one, their places in the list are put before them.
 */
final class ShortNames {

  /** The least width that has room for a place in the list, dots and a rest. */
  static final int NARROWEST = 8;

  private static final String DOTS = "...";

  private ShortNames() {}

  /**
   * Returns the names as they are if all fit, else all of them shortened; never two alike.
   *
   * @param names all different
   * @param width characters that no name exceeds, at least {@link #NARROWEST}
   */
  static List<String> of(List<String> names, int width) {
    if (names.stream().allMatch(name -> name.length() <= width)) {
      return names;
    }
    List<String> bare = withoutSharedParts(names);
    List<String> cut = bare.stream().map(name -> cut(name, width)).toList();
    if (allDiffer(cut)) {
      return cut;
    }
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < bare.size(); i++) {
      String place = (i + 1) + ":";
      String name = bare.get(i);
      int room = width - place.length();
      numbered.add(place + name.substring(Math.max(0, name.length() - room)));
    }
    return numbered;
  }

  private static List<String> withoutSharedParts(List<String> names) {
    String first = names.get(0);
    int prefix = first.lastIndexOf('.') + 1;
    while (prefix > 0 && !allStartWith(names, first.substring(0, prefix))) {
      prefix = first.lastIndexOf('.', prefix - 2) + 1;
    }
    int from = prefix;
    List<String> rest = names.stream().map(name -> name.substring(from)).toList();
    String head = rest.get(0);
    int suffix = head.indexOf('.');
    while (suffix >= 0 && !allEndWith(rest, head.substring(suffix))) {
      suffix = head.indexOf('.', suffix + 1);
    }
    int dropped = suffix < 0 ? 0 : head.length() - suffix;
    List<String> bare =
        rest.stream().map(name -> name.substring(0, name.length() - dropped)).toList();
    return bare.stream().anyMatch(String::isEmpty) ? names : bare;
  }

  private static String cut(String name, int width) {
    if (name.length() <= width) {
      return name;
    }
    int tail = (width - DOTS.length() + 1) / 2;
    int head = width - DOTS.length() - tail;
    return name.substring(0, head) + DOTS + name.substring(name.length() - tail);
  }

  private static boolean allStartWith(List<String> names, String prefix) {
    return names.stream().allMatch(name -> name.startsWith(prefix));
  }

  private static boolean allEndWith(List<String> names, String suffix) {
    return names.stream().allMatch(name -> name.endsWith(suffix));
  }

  private static boolean allDiffer(List<String> names) {
    Set<String> different = new HashSet<>(names);
    return different.size() == names.size();
  }
}
