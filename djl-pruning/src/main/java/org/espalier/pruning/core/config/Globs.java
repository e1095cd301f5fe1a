package org.espalier.pruning.core.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.espalier.sparse.InvalidInputException;

/** Globs on parameter paths, in the syntax of {@link FileSystems}. */
public final class Globs {

  private Globs() {}

  /**
   * Returns what tells whether a name matches.
   *
   * @param place for the message
   * @throws InvalidInputException if it is no glob
   */
  public static Predicate<String> matcher(String place, String glob) {
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      return name -> matcher.matches(Path.of(name));
    } catch (PatternSyntaxException e) {
      throw new InvalidInputException(
          place, "a glob", "'" + glob + "'", e.getDescription().toLowerCase(Locale.ROOT), e);
    }
  }
}
