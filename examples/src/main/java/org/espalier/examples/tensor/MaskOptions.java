package org.espalier.examples.tensor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a user asks of the masks of a tensor file.
 *
 * @param weights file with the weights
 * @param out file for the masks
 * @param gradients file with gradients under the names of the weights
 * @param statistics file with tensors {@code NAME.key}
 * @param json file for the figures
 * @param pattern where zeros may be
 * @param aggregate how scores of weights become scores of the pattern's units
 * @param criterion which weights matter, as {@link ComponentText} reads it
 * @param allocation how the sparsity is spread, as {@link ComponentText} reads it
 * @param sparsity in [0, 1); may be left out where the pattern leaves no choice
 * @param include globs of tensors to prune; empty = all that are prunable
 * @param exclude globs of tensors to leave alone
 * @param seed of random choices
 */
public record MaskOptions(
    Path weights,
    Path out,
    Optional<Path> gradients,
    Optional<Path> statistics,
    Optional<Path> json,
    String pattern,
    String aggregate,
    String criterion,
    String allocation,
    Optional<Double> sparsity,
    List<String> include,
    List<String> exclude,
    long seed) {

  /** Copies the lists. */
  public MaskOptions {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }
}
