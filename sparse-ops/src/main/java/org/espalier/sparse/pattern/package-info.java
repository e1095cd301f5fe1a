/**
 * Patterns: which sets of weights may die together. A pattern cuts a tensor into units, says how
 * many of them may live, and chooses the best ones. {@link
 * org.espalier.sparse.pattern.SparsityPattern#forms} lists them all; {@link
 * org.espalier.sparse.pattern.Tiling} is the one way in which they cut.
 */
package org.espalier.sparse.pattern;
