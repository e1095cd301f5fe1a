package org.espalier.sparse.pattern;

import java.util.Optional;
import org.espalier.sparse.mask.Counts;
import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Scores;

/** Every weight lives or dies on its own (fine-grained pruning; LeCun, Denker, Solla 1989). */
public enum Unstructured implements SparsityPattern {
  /** The only one: the pattern has no parameters. */
  INSTANCE;

  @Override
  public String text() {
    return "unstructured";
  }

  /** Returns nothing: every tensor is made of single weights. */
  @Override
  public Optional<String> misfit(int[] shape) {
    return Optional.empty();
  }

  @Override
  public int kept(double sparsity, int[] shape) {
    return (int) Counts.kept(sparsity, units(shape));
  }

  @Override
  public Mask best(Scores unitScores, int[] shape, int kept) {
    return Mask.ofWords(shape, unitScores.largest(kept));
  }

  /** Returns true: no mask is refused. */
  @Override
  public boolean satisfiedBy(Mask mask) {
    return true;
  }
}
