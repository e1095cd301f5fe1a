package org.espalier.sparse.pattern;

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

  @Override
  public void requireFits(String tensor, int[] shape) {
    // Every tensor is made of single weights.
  }

  @Override
  public int units(int[] shape) {
    return Mask.elements(shape);
  }

  @Override
  public int kept(double sparsity, int[] shape) {
    return (int) Counts.kept(sparsity, units(shape));
  }

  @Override
  public Scores unitScores(Scores scores, int[] shape, Aggregate aggregate) {
    return aggregate.ofSingles(scores);
  }

  @Override
  public Mask best(Scores unitScores, int[] shape, int kept) {
    return Mask.ofWords(shape, unitScores.largest(kept));
  }
}
