package org.espalier.sparse.pattern;

import org.espalier.sparse.mask.Mask;
import org.espalier.sparse.mask.Selection;

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
  public float[] unitScores(float[] scores, int[] shape) {
    return scores;
  }

  @Override
  public int feasibleKept(int kept, int[] shape) {
    return kept;
  }

  @Override
  public Mask best(float[] unitScores, int[] shape, int kept) {
    return Mask.ofWords(shape, Selection.largest(unitScores, kept));
  }
}
