package org.espalier.sparse.kernel;

/** The layouts of a matrix for products with a single dense column. */
public enum VectorKind {
  /** All elements: {@link DenseRows}. */
  DENSE,
  /** A bit per element: {@link BitmapRows}. */
  BITMAP,
  /** Four rows share an index: {@link BlockRows}. */
  BLOCKS4,
  /** An index of 16 bits per entry: {@link GatherRows}. */
  GATHER,
  /** An index of 32 bits per entry: {@link IndexRows}. */
  INDEX
}
