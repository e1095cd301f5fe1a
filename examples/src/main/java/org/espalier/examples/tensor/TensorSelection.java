package org.espalier.examples.tensor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.sparse.InvalidInputException;
import org.espalier.sparse.io.NameGlob;
import org.espalier.sparse.io.TensorFile;
import org.espalier.sparse.io.TensorHeader;

/** Which tensors of a file are pruned. */
final class TensorSelection {

  /** More names than this make a message longer, not clearer. */
  private static final int SHOWN = 12;

  private TensorSelection() {}

  /** Returns whether a tensor is pruned unless a glob says otherwise. */
  static boolean prunable(TensorHeader tensor) {
    return tensor.type().isFloat() && tensor.shape().length >= 2 && tensor.elements() > 0;
  }

  /**
   * Chooses tensors: those that a glob includes, or all that are prunable; less the excluded ones.
   *
   * @return in the order of the file, at least one
   * @throws InvalidInputException if a glob matches nothing, nothing is left, or something is
   *     included that cannot be pruned
   */
  static List<TensorHeader> choose(TensorFile file, List<String> include, List<String> exclude) {
    Set<TensorHeader> chosen = new LinkedHashSet<>();
    if (include.isEmpty()) {
      file.headers().stream().filter(TensorSelection::prunable).forEach(chosen::add);
    }
    include.forEach(glob -> chosen.addAll(matching(file, "--include", glob)));
    exclude.forEach(glob -> chosen.removeAll(matching(file, "--exclude", glob)));
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          file.path().toString(),
          "at least one tensor to prune",
          "none among " + names(file),
          "include one by name or glob; only float tensors of two and more axes are pruned unless"
              + " included");
    }
    for (TensorHeader tensor : chosen) {
      if (!tensor.type().isFloat() || tensor.shape().length == 0 || tensor.elements() == 0) {
        throw new InvalidInputException(
            file.path() + ", tensor '" + tensor.name() + "'",
            "float values along at least one axis",
            tensor.toString(),
            "exclude it");
      }
    }
    return file.headers().stream().filter(chosen::contains).toList();
  }

  private static List<TensorHeader> matching(TensorFile file, String option, String glob) {
    return matching(file, option, NameGlob.of(option, glob));
  }

  /**
   * Returns the tensors whose names match.
   *
   * @param option where the glob was given, for messages
   * @throws InvalidInputException if there is none
   */
  static List<TensorHeader> matching(TensorFile file, String option, NameGlob matcher) {
    List<TensorHeader> found =
        file.headers().stream().filter(tensor -> matcher.matches(tensor.name())).toList();
    if (found.isEmpty()) {
      throw new InvalidInputException(
          option,
          "a glob that matches one of " + names(file),
          "'" + matcher + "'",
          "correct or remove it");
    }
    return found;
  }

  private static String names(TensorFile file) {
    return file.headers().stream()
        .limit(SHOWN)
        .map(TensorHeader::name)
        .collect(Collectors.joining(", ", "[", file.headers().size() > SHOWN ? ", ...]" : "]"));
  }
}
